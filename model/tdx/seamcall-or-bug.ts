import { modelled, type Steps } from '../../checker/index.ts';
import { EBUSY, EIO } from '../errno.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Seamcall, SeamcallStatus } from '../tdx-module/status.ts';

/**
 * A SEAMCALL under the write lock, of which KVM expects that it cannot fail:
 * `KVM_BUG_ON(err, kvm)`, `-EIO`.
 */
export function* seamcall_or_bug(
  kvm: Kernel,
  call: Seamcall,
  gfn: Gfn,
  level: Level,
  label: string,
): Steps<number> {
  return yield* bug_on(kvm, yield* kvm.tdh_do_no_vcpus(kvm, call, gfn, level).at(label));
}

/** A SEAMCALL under the read lock: one that is busy is `-EBUSY` (domain.md 3.4, F17.4). */
export function* seamcall_or_busy(
  kvm: Kernel,
  call: Seamcall,
  gfn: Gfn,
  level: Level,
  label: string,
): Steps<number> {
  const err = yield* kvm.seamcall(kvm, call, gfn, level).at(label);
  return err === 'TDX_OPERAND_BUSY' ? -EBUSY : yield* bug_on(kvm, err);
}

/** `KVM_BUG_ON(err, kvm)`: 0, or -EIO and a VM that is dead. */
export function* bug_on(kvm: Kernel, err: SeamcallStatus): Steps<number> {
  if (err === 'SUCCESS') return 0;
  yield* kvm.kvm_vm_bugged(kvm).at('F17.4');
  return -EIO;
}

/** kvm_vm_bugged(): no vCPU enters the guest from now on. */
export const kvm_vm_bugged = modelled('kvm_vm_bugged', function* (kvm: Kernel): Steps<void> {
  yield* kvm.vm_dead.write(true);
});
