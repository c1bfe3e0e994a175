import { modelled, type Steps } from '../../checker/index.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Seamcall, SeamcallStatus } from '../tdx-module/status.ts';

/**
 * tdh_do_no_vcpus(), under the write lock (domain.md 4.6): if the module is busy, keeps all vCPUs
 * out of the guest and calls again. The kick that waits until they are out is no step, as each
 * instruction of a guest is one.
 */
export const tdh_do_no_vcpus = modelled(
  'tdh_do_no_vcpus',
  function* (kvm: Kernel, call: Seamcall, gfn: Gfn, level: Level): Steps<SeamcallStatus> {
    const err = yield* kvm.seamcall(kvm, call, gfn, level);
    if (err !== 'TDX_OPERAND_BUSY') return err;

    yield* kvm.wait_for_sept_zap.write(true);
    const again = yield* kvm.seamcall(kvm, call, gfn, level);
    yield* kvm.wait_for_sept_zap.write(false);
    return again;
  },
);
