import { type Claim, holds, invariant } from '../checker/index.ts';
import type { Kernel } from '../model/kernel.ts';
import { killed_by_module } from './injected-failures.ts';

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
      const killed = killed_by_module(kvm);
      if (killed !== undefined && (yield* holds(killed))) return 'vacuous';
      return yield* kvm.vm_dead.test((dead) => !dead);
    },
  );
}
