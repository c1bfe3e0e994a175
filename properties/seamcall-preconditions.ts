import { type Claim, onReturn } from '../checker/index.ts';
import type { Kernel } from '../model/kernel.ts';

/** KVM asks the module for nothing that the state of the S-EPT forbids. */
export function seamcall_preconditions(kvm: Kernel): Claim {
  return onReturn(
    {
      id: 'P5',
      sentence:
        'Every SEAMCALL meets its preconditions: AUG and SEPT.ADD find a free entry, BLOCK one ' +
        'that can be blocked, DEMOTE and the two REMOVEs a blocked and tracked one.',
      source: 'domain.md 8.1 P5, 1.7, 4.4',
      blindSpot: "Busy answers: the module's try-locks are not modelled.",
    },
    kvm.seamcall,
    function* (_args, status) {
      return status === 'SUCCESS';
    },
  );
}
