import { modelled, type Steps } from '../../checker/index.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import type { Seamcall, SeamcallStatus } from '../tdx-module/status.ts';

const tdh_do_no_vcpus = modelled(
  'tdh_do_no_vcpus',
  function* (kvm: Kernel, call: Seamcall, gfn: Gfn, level: Level): Steps<SeamcallStatus> {
    const err = yield* kvm.seamcall(kvm, call, gfn, level);
    return err === 'TDX_OPERAND_BUSY' ? yield* kvm.seamcall(kvm, call, gfn, level) : err;
  },
);

/** Mutation 32: the vCPUs are kicked, but nothing keeps them from coming back. */
export const kick_only: Partial<KernelFunctions> = { tdh_do_no_vcpus };
