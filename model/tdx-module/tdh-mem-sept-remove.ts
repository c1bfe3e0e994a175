import { atomic, every, holds, modelled, type Steps } from '../../checker/index.ts';
import { sept_entry, tlb_tracked } from '../entry.ts';
import { type Gfn, gfns_beside, PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import type { Memory } from '../memory.ts';
import type { SeamcallStatus } from './status.ts';

/** TDH.MEM.SEPT.REMOVE: a blocked, tracked and empty table becomes FREE (domain.md 1.7, 5.4). */
export const tdh_mem_sept_remove = modelled(
  'tdh_mem_sept_remove',
  function* (kvm: Memory, gfn: Gfn): Steps<SeamcallStatus> {
    return yield* atomic(function* () {
      const table = sept_entry(kvm, gfn, PG_LEVEL_2M);
      if (!(yield* table.test((entry) => entry === 'NL_BLOCKED'))) {
        return 'TDX_GPA_RANGE_NOT_BLOCKED';
      }
      if (!(yield* tlb_tracked(kvm, gfn).read())) return 'TDX_TLB_TRACKING_NOT_DONE';

      const children = gfns_beside(kvm.geometry, gfn).map((child) =>
        sept_entry(kvm, child, PG_LEVEL_4K),
      );
      const empty = yield* holds(every(children.map((child) => child.is('FREE'))));
      if (!empty) return 'TDX_EPT_ENTRY_STATE_INCORRECT';
      yield* table.write('FREE');
      return 'SUCCESS';
    });
  },
);
