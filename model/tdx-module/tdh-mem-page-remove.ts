import { atomic, modelled, type Steps } from '../../checker/index.ts';
import { is_blocked_leaf, sept_entry, tlb_tracked } from '../entry.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Memory } from '../memory.ts';
import type { SeamcallStatus } from './status.ts';

/** TDH.MEM.PAGE.REMOVE: a blocked and tracked leaf becomes FREE (domain.md 1.7, 5.4). */
export const tdh_mem_page_remove = modelled(
  'tdh_mem_page_remove',
  function* (kvm: Memory, gfn: Gfn, level: Level): Steps<SeamcallStatus> {
    return yield* atomic(function* () {
      const entry = sept_entry(kvm, gfn, level);
      if (!(yield* entry.test(is_blocked_leaf))) return 'TDX_GPA_RANGE_NOT_BLOCKED';
      if (!(yield* tlb_tracked(kvm, gfn).read())) return 'TDX_TLB_TRACKING_NOT_DONE';
      yield* entry.write('FREE');
      return 'SUCCESS';
    });
  },
);
