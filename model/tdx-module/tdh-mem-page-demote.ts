import { atomic, fill, modelled, type Steps } from '../../checker/index.ts';
import { is_blocked_leaf, sept_entry, tlb_tracked } from '../entry.ts';
import { type Gfn, gfns_beside, PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import type { Memory } from '../memory.ts';
import type { SeamcallStatus } from './status.ts';

/**
 * TDH.MEM.PAGE.DEMOTE: a blocked and tracked 2M leaf becomes a table, whose entries are born in the
 * state that the leaf had before BLOCK (domain.md 4.4).
 */
export const tdh_mem_page_demote = modelled(
  'tdh_mem_page_demote',
  function* (kvm: Memory, gfn: Gfn): Steps<SeamcallStatus> {
    return yield* atomic(function* () {
      const parent = sept_entry(kvm, gfn, PG_LEVEL_2M);
      const entry = yield* parent.map((old) => (is_blocked_leaf(old) ? old : 'other'));
      if (entry === 'other') return 'TDX_GPA_RANGE_NOT_BLOCKED';
      if (!(yield* tlb_tracked(kvm, gfn).read())) return 'TDX_TLB_TRACKING_NOT_DONE';

      const children = gfns_beside(kvm.geometry, gfn).map((child) =>
        sept_entry(kvm, child, PG_LEVEL_4K),
      );
      yield* fill(children, entry === 'BLOCKED' ? 'MAPPED' : 'PENDING');
      yield* parent.write('TABLE');
      return 'SUCCESS';
    });
  },
);
