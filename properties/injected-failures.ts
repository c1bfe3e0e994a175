import { type Condition, every } from '../checker/index.ts';
import type { Kernel } from '../model/kernel.ts';
import type { KvmScope } from '../model/parameters.ts';

/** An allocation may fail in a scope, once or for ever. */
export function memory_may_fail({ inject }: KvmScope): boolean {
  return inject.includes('enomem') || inject.includes('enomem-for-ever');
}

/** A failure has been injected in this run. */
export function failure_injected({ failures_left }: Kernel): Condition {
  const all = Math.max(...failures_left.domain);
  return failures_left.satisfies((left) => left < all);
}

/**
 * The VM is alive, where the module may fail for no reason that KVM could mend: what holds of a VM
 * that such an error has killed is of no interest.
 */
export function alive_or_to_blame(kvm: Kernel): readonly Condition[] {
  return kvm.injected.includes('seamcall-error') ? [kvm.vm_dead.is(false)] : [];
}

/** The VM is dead, of an error of the module that was injected. */
export function killed_by_module(kvm: Kernel): Condition | undefined {
  if (!kvm.injected.includes('seamcall-error')) return undefined;
  return every([kvm.vm_dead.is(true), failure_injected(kvm)]);
}
