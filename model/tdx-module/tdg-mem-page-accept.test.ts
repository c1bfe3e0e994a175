import { describe, expect, it } from 'vitest';
import { PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import type { SeptEntry } from '../memory.ts';
import { call_on_entries, type Entries } from './call-on-entries.ts';
import { tdg_mem_page_accept } from './tdg-mem-page-accept.ts';

const SUCCESS = 'TDX_SUCCESS';
const ALREADY = 'TDX_PAGE_ALREADY_ACCEPTED';
const MISMATCH = 'TDX_PAGE_SIZE_MISMATCH';

type Row = readonly [sept_2M: SeptEntry, sept_4K: SeptEntry, at_4K: string, at_2M: string];

/** The result table of domain.md 2.1, a row for each state of the entries over the gfn. */
const ROWS: readonly Row[] = [
  ['FREE', 'FREE', 'exit', 'exit'],
  ['TABLE', 'PENDING', SUCCESS, MISMATCH],
  ['TABLE', 'MAPPED', ALREADY, MISMATCH],
  ['TABLE', 'FREE', 'exit', MISMATCH],
  ['PENDING', 'FREE', 'exit', SUCCESS],
  ['MAPPED', 'FREE', ALREADY, ALREADY],
  ['PENDING_BLOCKED', 'FREE', 'exit', 'exit'],
  ['BLOCKED', 'FREE', 'exit', 'exit'],
  ['TABLE', 'PENDING_BLOCKED', 'exit', MISMATCH],
  ['TABLE', 'BLOCKED', 'exit', MISMATCH],
  ['NL_BLOCKED', 'FREE', 'exit', MISMATCH],
];

function entries(sept_2M: SeptEntry, sept_4K: SeptEntry): Entries {
  return { sept_2M, sept_4K: [sept_4K, 'FREE'], tlb_tracked: true };
}

describe('an ACCEPT finds a 2M entry and a 4K entry', () => {
  it.each(ROWS)('%s, %s: at 4K it answers %s', (sept_2M, sept_4K, at_4K) => {
    const before = entries(sept_2M, sept_4K);
    const after = at_4K === SUCCESS ? entries(sept_2M, 'MAPPED') : before;
    const met = call_on_entries(before, tdg_mem_page_accept, PG_LEVEL_4K, at_4K, after);
    expect(met).toBe(true);
  });

  it.each(ROWS)('%s, %s: at 2M it answers $3', (sept_2M, sept_4K, _at_4K, at_2M) => {
    const before = entries(sept_2M, sept_4K);
    const after = at_2M === SUCCESS ? entries('MAPPED', sept_4K) : before;
    const met = call_on_entries(before, tdg_mem_page_accept, PG_LEVEL_2M, at_2M, after);
    expect(met).toBe(true);
  });
});
