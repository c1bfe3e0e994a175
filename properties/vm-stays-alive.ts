import { type Claim, holds, invariant } from '../checker/index.ts';
import type { Kernel } from '../model/kernel.ts';
import { killed_by_module } from './injected-failures.ts';

/** No path of the guest or of the host ends in KVM_BUG_ON. */
export function vm_stays_alive(kvm: Kernel, dies_by_design: boolean): Claim {
  return invariant(
    {
      id: 'P6',
      sentence: 'No KVM_BUG_ON is hit without an error of the module: the VM is not dead.',
      source: 'domain.md 8.1 P6, 4.6',
      blindSpot:
        'Whatever else goes wrong once an error of the module, injected, has killed the VM.',
    },
    ['the VM'],
    function* () {
      if (dies_by_design && (yield* kvm.ghost.died_by_design.read())) return 'vacuous';
      const killed = killed_by_module(kvm);
      if (killed !== undefined && (yield* holds(killed))) return 'vacuous';
      return yield* kvm.vm_dead.test((dead) => !dead);
    },
  );
}
