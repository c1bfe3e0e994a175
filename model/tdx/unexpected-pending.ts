import { atomic, type Steps } from '../../checker/index.ts';
import { EIO } from '../errno.ts';
import type { Kernel } from '../kernel.ts';

/**
 * What tdx_handle_ept_violation() does about an exit of type PENDING_EPT_VIOLATION, if
 * tdx_is_sept_violation_unexpected_pending() (domain.md 3.1, A2): the VM dies, by design.
 */
export function* unexpected_pending(kvm: Kernel): Steps<number> {
  yield* atomic(function* () {
    yield* kvm.vm_dead.write(true).at('A2');
    yield* kvm.ghost.died_by_design.write(true);
  });
  return -EIO;
}
