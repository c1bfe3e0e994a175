import { atomic, branch, modelled, type Steps } from '../../checker/index.ts';
import { sept_entry } from '../entry.ts';
import { type Gfn, type Level, PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import { gfns_in, range_of } from '../gfn-range.ts';
import type { Kernel } from '../kernel.ts';

/**
 * What an ACCEPT comes to: an EPT violation exit of type ACCEPT, a status for the guest, or an
 * interrupt that breaks it off.
 */
export type AcceptResult =
  | 'exit'
  | 'interrupted'
  | 'TDX_OPERAND_INVALID'
  | 'TDX_SUCCESS'
  | 'TDX_PAGE_ALREADY_ACCEPTED'
  | 'TDX_PAGE_SIZE_MISMATCH';

/**
 * TDG.MEM.PAGE.ACCEPT of an aligned private gfn (domain.md 2.1, G1 to G7). One step:
 * the walk and the change of the entry happen under the entry lock, and its contention (BUSY) is
 * not modelled.
 */
export const tdg_mem_page_accept = modelled(
  'tdg_mem_page_accept',
  function* (kvm: Kernel, gfn: Gfn, level: Level): Steps<AcceptResult> {
    if (level > PG_LEVEL_2M) {
      yield* branch('G1');
      return 'TDX_OPERAND_INVALID';
    }
    return yield* atomic(function* () {
      if (level === PG_LEVEL_4K) {
        const above = yield* sept_entry(kvm, gfn, PG_LEVEL_2M).read().at('G2');
        if (above === 'MAPPED') {
          yield* branch('G3a');
          return 'TDX_PAGE_ALREADY_ACCEPTED';
        }
        if (above !== 'TABLE') {
          yield* branch('G3b');
          return 'exit';
        }
      }
      const entry = sept_entry(kvm, gfn, level);
      switch (yield* entry.read().at('G5')) {
        case 'TABLE':
        case 'NL_BLOCKED':
          return 'TDX_PAGE_SIZE_MISMATCH';
        case 'MAPPED':
          return 'TDX_PAGE_ALREADY_ACCEPTED';
        case 'PENDING':
          yield* entry.write('MAPPED').at('G7');
          for (const page of gfns_in(range_of(kvm.geometry, gfn, level))) {
            yield* kvm.ghost.accepted.at(page).write(true);
          }
          return 'TDX_SUCCESS';
        case 'FREE':
        case 'BLOCKED':
        case 'PENDING_BLOCKED':
          return 'exit';
      }
    });
  },
);
