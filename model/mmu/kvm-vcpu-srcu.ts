import { modelled, type Steps } from '../../checker/index.ts';
import type { Kernel } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';

/** kvm_vcpu_srcu_read_lock(): a vCPU that has exited is in a read section (domain.md 1.3). */
export const kvm_vcpu_srcu_read_lock = modelled(
  'kvm_vcpu_srcu_read_lock',
  function* (_kvm: Kernel, vcpu: Vcpu): Steps<void> {
    yield* vcpu.srcu.write('inside');
  },
);

/** kvm_vcpu_srcu_read_unlock(): before it enters the guest again, or goes to userspace. */
export const kvm_vcpu_srcu_read_unlock = modelled(
  'kvm_vcpu_srcu_read_unlock',
  function* (_kvm: Kernel, vcpu: Vcpu): Steps<void> {
    yield* vcpu.srcu.write('none');
  },
);

/** Both where nobody waits for a read section to end. */
export const srcu_unused = modelled(
  'srcu_unused',
  function* (_kvm: Kernel, _vcpu: Vcpu): Steps<void> {},
);
