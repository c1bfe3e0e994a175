import { atomic, modelled, type Steps } from '../../checker/index.ts';
import { sept_entry, tlb_tracked } from '../entry.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Memory, SeptEntry } from '../memory.ts';
import type { SeamcallStatus } from './status.ts';

/**
 * TDH.MEM.RANGE.UNBLOCK: gives a blocked and tracked leaf or table back to the guest (domain.md
 * 1.7). That it wants a TRACK since the BLOCK says the source of the TDX module. KVM of today never
 * calls it; who splits under the read lock needs it as an undo (4.5).
 */
export const tdh_mem_range_unblock = modelled(
  'tdh_mem_range_unblock',
  function* (kvm: Memory, gfn: Gfn, level: Level): Steps<SeamcallStatus> {
    return yield* atomic(function* () {
      const entry = sept_entry(kvm, gfn, level);
      const is_blocked = yield* entry.test((old) => unblocked(old) !== old);
      if (!is_blocked) return 'TDX_EPT_ENTRY_STATE_INCORRECT';
      if (!(yield* tlb_tracked(kvm, gfn).read())) return 'TDX_TLB_TRACKING_NOT_DONE';
      yield* entry.update(unblocked);
      return 'SUCCESS';
    });
  },
);

/** The state of an entry after UNBLOCK; the same one if it is not blocked. */
function unblocked(entry: SeptEntry): SeptEntry {
  if (entry === 'PENDING_BLOCKED') return 'PENDING';
  if (entry === 'BLOCKED') return 'MAPPED';
  return entry === 'NL_BLOCKED' ? 'TABLE' : entry;
}
