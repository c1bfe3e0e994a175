import { branch, modelled, type Steps } from '../../checker/index.ts';
import { EOPNOTSUPP } from '../errno.ts';
import { type Gfn, PG_LEVEL_2M } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import { seamcall_or_bug } from '../tdx/seamcall-or-bug.ts';

const tdx_sept_split_private_spt = modelled(
  'tdx_sept_split_private_spt',
  function* (kvm: Kernel, gfn: Gfn, shared: boolean): Steps<number> {
    if (shared) {
      yield* branch('F15');
      return -EOPNOTSUPP;
    }
    for (const call of ['TDH.MEM.RANGE.BLOCK', 'TDH.MEM.PAGE.DEMOTE'] as const) {
      const ret = yield* seamcall_or_bug(kvm, call, gfn, PG_LEVEL_2M, 'S6.3');
      if (ret !== 0) return ret;
    }
    return 0;
  },
);

/** Mutation 31: no TRACK and no kick between BLOCK and DEMOTE. */
export const no_track: Partial<KernelFunctions> = { tdx_sept_split_private_spt };
