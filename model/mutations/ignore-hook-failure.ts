import { modelled, type Steps } from '../../checker/index.ts';
import { type Gfn, PG_LEVEL_2M } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';

const tdx_sept_split_private_spt = modelled(
  'tdx_sept_split_private_spt',
  function* (kvm: Kernel, gfn: Gfn, _shared: boolean): Steps<number> {
    const calls = ['TDH.MEM.RANGE.BLOCK', 'TDH.MEM.TRACK', 'TDH.MEM.PAGE.DEMOTE'] as const;
    for (const call of calls) {
      yield* kvm.tdh_do_no_vcpus(kvm, call, gfn, PG_LEVEL_2M).at('S6.3');
    }
    return 0;
  },
);

/**
 * Mutation 33: a failure of the hook is ignored, by the hook too. In the code as posted its
 * `KVM_BUG_ON()` is all that stops the VM whose mirror is not true any longer (domain.md 4.4,
 * S6.4).
 */
export const ignore_hook_failure: Partial<KernelFunctions> = { tdx_sept_split_private_spt };
