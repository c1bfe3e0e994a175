import { type Claim, holds, onReturn } from '../checker/index.ts';
import type { Kernel } from '../model/kernel.ts';
import { is_injected } from '../model/tdx-module/status.ts';
import { killed_by_module } from './injected-failures.ts';

/** KVM asks the module for nothing that the state of the S-EPT forbids. */
export function seamcall_preconditions(kvm: Kernel): Claim {
  return onReturn(
    {
      id: 'P5',
      sentence:
        'Every SEAMCALL meets its preconditions: AUG and SEPT.ADD find a free entry, BLOCK one ' +
        'that can be blocked, DEMOTE and the two REMOVEs a blocked and tracked one.',
      source: 'domain.md 8.1 P5, 1.7, 4.4',
      blindSpot:
        'Answers that are injected, and all that comes after an injected error has killed the VM.',
    },
    kvm.seamcall,
    function* (_args, status) {
      if (is_injected(status)) return 'vacuous';
      const killed = killed_by_module(kvm);
      if (killed !== undefined && (yield* holds(killed))) return 'vacuous';
      return status === 'SUCCESS';
    },
  );
}
