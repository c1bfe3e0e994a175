import { modelled, type Steps } from '../../checker/index.ts';
import { EBUSY } from '../errno.ts';
import { type Gfn, PG_LEVEL_2M } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import { seamcall_or_busy } from '../tdx/seamcall-or-bug.ts';
import { seamcall } from '../tdx-module/seamcall.ts';
import { demote_with_children } from '../versions/shared-lock/demote-with-children.ts';

const tdx_sept_split_private_spt = modelled(
  'tdx_sept_split_private_spt',
  function* (kvm: Kernel, gfn: Gfn, _shared: boolean): Steps<number> {
    const blocked = yield* seamcall_or_busy(kvm, 'TDH.MEM.RANGE.BLOCK', gfn, PG_LEVEL_2M, 'F15');
    if (blocked !== 0) return blocked;
    const ret = yield* track_and_demote(kvm, gfn);
    // The undo has no undo: if it is busy too, or TRACK was not done, the leaf stays blocked.
    if (ret === -EBUSY) {
      yield* kvm.seamcall(kvm, 'TDH.MEM.RANGE.UNBLOCK', gfn, PG_LEVEL_2M).at('F15');
    }
    return ret;
  },
);

function* track_and_demote(kvm: Kernel, gfn: Gfn): Steps<number> {
  const tracked = yield* seamcall_or_busy(kvm, 'TDH.MEM.TRACK', gfn, PG_LEVEL_2M, 'F15');
  if (tracked !== 0) return tracked;
  return yield* demote_with_children(kvm, gfn, seamcall_or_busy);
}

/**
 * Mutation 25: the fault path splits under the read lock with the TDX module of today, by BLOCK,
 * TRACK and DEMOTE. Nobody may be kicked out there, so where the module is busy the fault is tried
 * again, and what was blocked is unblocked before (domain.md 4.5).
 */
export const split_under_read_lock: Partial<KernelFunctions> = {
  seamcall,
  tdx_sept_split_private_spt,
};
