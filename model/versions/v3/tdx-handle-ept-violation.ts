import { modelled, type Steps } from '../../../checker/index.ts';
import type { Kernel } from '../../kernel.ts';
import type { Vcpu } from '../../memory.ts';
import type { Exit } from '../../tdx/exit.ts';
import { retry_locally } from '../../tdx/tdx-handle-ept-violation.ts';
import { unexpected_pending } from '../../tdx/unexpected-pending.ts';

/**
 * tdx_handle_ept_violation() of v3 13/24 and v5 41/45 (domain.md 3.1, 3.3): what the accept step
 * returns goes to `vcpu_run`, negative to userspace and positive to the guest.
 */
export const tdx_handle_ept_violation = modelled(
  'tdx_handle_ept_violation',
  function* (kvm: Kernel, vcpu: Vcpu, exit: Exit): Steps<number> {
    if (exit.type === 'PENDING_EPT_VIOLATION') return yield* unexpected_pending(kvm);
    const ret = yield* kvm.tdx_check_accept_level(kvm, vcpu, exit).at('A4');
    return ret === 0 ? yield* retry_locally(kvm, vcpu, exit.gfn) : ret;
  },
);
