import { type Claim, invariant } from '../checker/index.ts';
import type { Kernel } from '../model/kernel.ts';

/** No path of the guest or of the host ends in KVM_BUG_ON. */
export function vm_stays_alive(kvm: Kernel): Claim {
  return invariant(
    {
      id: 'P6',
      sentence: 'No KVM_BUG_ON is hit: the VM is not dead.',
      source: 'domain.md 8.1 P6, 4.6',
      blindSpot: 'Deaths by a busy or interrupted SEAMCALL, which are not modelled.',
    },
    ['the VM'],
    function* () {
      return yield* kvm.vm_dead.test((dead) => !dead);
    },
  );
}
