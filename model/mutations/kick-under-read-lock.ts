import { modelled, type Steps } from '../../checker/index.ts';
import { type Gfn, PG_LEVEL_2M } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import { seamcall_or_bug } from '../tdx/seamcall-or-bug.ts';
import { seamcall } from '../tdx-module/seamcall.ts';
import { demote_with_children } from '../versions/shared-lock/demote-with-children.ts';

const tdx_sept_split_private_spt = modelled(
  'tdx_sept_split_private_spt',
  function* (kvm: Kernel, gfn: Gfn, _shared: boolean): Steps<number> {
    for (const call of ['TDH.MEM.RANGE.BLOCK', 'TDH.MEM.TRACK'] as const) {
      const ret = yield* seamcall_or_bug(kvm, call, gfn, PG_LEVEL_2M, 'F15');
      if (ret !== 0) return ret;
    }
    return yield* demote_with_children(kvm, gfn, seamcall_or_bug);
  },
);

/**
 * Mutation 26: as mutation 25, but a call that finds the module busy is made again after all vCPUs
 * were kicked out.
 */
export const kick_under_read_lock: Partial<KernelFunctions> = {
  seamcall,
  tdx_sept_split_private_spt,
};
