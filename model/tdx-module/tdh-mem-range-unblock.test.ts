import { expect, it } from 'vitest';
import { PG_LEVEL_2M } from '../gfn.ts';
import { call_on_entries, type Entries } from './call-on-entries.ts';
import { tdh_mem_range_unblock } from './tdh-mem-range-unblock.ts';

const NO_TABLE = ['FREE', 'FREE'] as const;

it.each([
  ['PENDING_BLOCKED', 'PENDING'],
  ['BLOCKED', 'MAPPED'],
  ['NL_BLOCKED', 'TABLE'],
] as const)('makes of %s again %s', (blocked, again) => {
  const before: Entries = { sept_2M: blocked, sept_4K: NO_TABLE, tlb_tracked: true };
  const after: Entries = { ...before, sept_2M: again };
  expect(call_on_entries(before, tdh_mem_range_unblock, PG_LEVEL_2M, 'SUCCESS', after)).toBe(true);
});

it('refuses what is not blocked', () => {
  const before: Entries = { sept_2M: 'MAPPED', sept_4K: NO_TABLE, tlb_tracked: true };
  const status = 'TDX_EPT_ENTRY_STATE_INCORRECT';
  expect(call_on_entries(before, tdh_mem_range_unblock, PG_LEVEL_2M, status, before)).toBe(true);
});

it('refuses what was blocked without a TRACK since', () => {
  const before: Entries = { sept_2M: 'BLOCKED', sept_4K: NO_TABLE, tlb_tracked: false };
  const status = 'TDX_TLB_TRACKING_NOT_DONE';
  expect(call_on_entries(before, tdh_mem_range_unblock, PG_LEVEL_2M, status, before)).toBe(true);
});
