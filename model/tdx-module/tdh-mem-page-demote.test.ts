import { expect, it } from 'vitest';
import { PG_LEVEL_2M } from '../gfn.ts';
import { call_on_entries, type Entries } from './call-on-entries.ts';
import { tdh_mem_page_demote } from './tdh-mem-page-demote.ts';

const NO_TABLE = ['FREE', 'FREE'] as const;

it('gives birth to pending children of a leaf that was pending before it was blocked', () => {
  const before: Entries = { sept_2M: 'PENDING_BLOCKED', sept_4K: NO_TABLE, tlb_tracked: true };
  const after: Entries = { ...before, sept_2M: 'TABLE', sept_4K: ['PENDING', 'PENDING'] };
  expect(call_on_entries(before, tdh_mem_page_demote, PG_LEVEL_2M, 'SUCCESS', after)).toBe(true);
});

it('gives birth to accepted children of a leaf that was accepted before it was blocked', () => {
  const before: Entries = { sept_2M: 'BLOCKED', sept_4K: NO_TABLE, tlb_tracked: true };
  const after: Entries = { ...before, sept_2M: 'TABLE', sept_4K: ['MAPPED', 'MAPPED'] };
  expect(call_on_entries(before, tdh_mem_page_demote, PG_LEVEL_2M, 'SUCCESS', after)).toBe(true);
});

it('refuses a leaf that is not blocked', () => {
  const before: Entries = { sept_2M: 'PENDING', sept_4K: NO_TABLE, tlb_tracked: true };
  const status = 'TDX_GPA_RANGE_NOT_BLOCKED';
  expect(call_on_entries(before, tdh_mem_page_demote, PG_LEVEL_2M, status, before)).toBe(true);
});

it('refuses a leaf that was blocked without a TRACK since', () => {
  const before: Entries = { sept_2M: 'PENDING_BLOCKED', sept_4K: NO_TABLE, tlb_tracked: false };
  const status = 'TDX_TLB_TRACKING_NOT_DONE';
  expect(call_on_entries(before, tdh_mem_page_demote, PG_LEVEL_2M, status, before)).toBe(true);
});
