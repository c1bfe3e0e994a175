import { atomic, modelled, type Steps } from '../../checker/index.ts';
import { sept_entry, tlb_tracked } from '../entry.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Memory, SeptEntry } from '../memory.ts';
import type { SeamcallStatus } from './status.ts';

/**
 * TDH.MEM.RANGE.BLOCK: takes a leaf or a table from the guest, and starts a TLB epoch that TRACK
 * must end (domain.md 1.7, 4.4).
 */
export const tdh_mem_range_block = modelled(
  'tdh_mem_range_block',
  function* (kvm: Memory, gfn: Gfn, level: Level): Steps<SeamcallStatus> {
    return yield* atomic(function* () {
      const could = yield* sept_entry(kvm, gfn, level).fetchUpdate(
        blocked,
        (old) => blocked(old) !== old,
      );
      if (!could) return 'TDX_EPT_ENTRY_STATE_INCORRECT';
      yield* tlb_tracked(kvm, gfn).write(false);
      return 'SUCCESS';
    });
  },
);

/** The state of an entry after BLOCK; the same one if it cannot be blocked. */
function blocked(entry: SeptEntry): SeptEntry {
  if (entry === 'PENDING') return 'PENDING_BLOCKED';
  if (entry === 'MAPPED') return 'BLOCKED';
  return entry === 'TABLE' ? 'NL_BLOCKED' : entry;
}
