import { modelled, type Steps } from '../../../checker/index.ts';
import type { Kernel } from '../../kernel.ts';
import type { Vcpu } from '../../memory.ts';
import type { Exit } from '../../tdx/exit.ts';
import { retry_locally } from '../../tdx/tdx-handle-ept-violation.ts';
import { unexpected_pending } from '../../tdx/unexpected-pending.ts';

/** tdx_handle_ept_violation() of mainline: no accept step (domain.md 3.1 without A4). */
export const tdx_handle_ept_violation = modelled(
  'tdx_handle_ept_violation',
  function* (kvm: Kernel, vcpu: Vcpu, exit: Exit): Steps<number> {
    if (exit.type === 'PENDING_EPT_VIOLATION') return yield* unexpected_pending(kvm);
    return yield* retry_locally(kvm, vcpu, exit.gfn);
  },
);
