import { modelled, type Steps } from '../../checker/index.ts';
import { EIO } from '../errno.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Seamcall } from '../tdx-module/status.ts';

/** A SEAMCALL of which KVM expects that it cannot fail: `KVM_BUG_ON(err, kvm)`, `-EIO`. */
export function* seamcall_or_bug(
  kvm: Kernel,
  call: Seamcall,
  gfn: Gfn,
  level: Level,
  label: string,
): Steps<number> {
  const err = yield* kvm.seamcall(kvm, call, gfn, level).at(label);
  if (err === 'SUCCESS') return 0;
  yield* kvm.kvm_vm_bugged(kvm).at('F17.4');
  return -EIO;
}

/** kvm_vm_bugged(): no vCPU enters the guest from now on. */
export const kvm_vm_bugged = modelled('kvm_vm_bugged', function* (kvm: Kernel): Steps<void> {
  yield* kvm.vm_dead.write(true);
});
