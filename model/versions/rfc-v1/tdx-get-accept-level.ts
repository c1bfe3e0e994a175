import { modelled, type Steps } from '../../../checker/index.ts';
import type { Kernel } from '../../kernel.ts';
import type { Vcpu } from '../../memory.ts';
import type { Exit } from '../../tdx/exit.ts';
import { violation_request } from '../../tdx/violation-request.ts';

/**
 * tdx_get_accept_level() of RFC v1 12/21 (domain.md 3.3, D1 and D2): what the exit asked for is
 * kept in the vCPU, which nobody else reads.
 *
 * @returns 0
 */
export const tdx_get_accept_level = modelled(
  'tdx_get_accept_level',
  function* (kvm: Kernel, vcpu: Vcpu, exit: Exit): Steps<number> {
    if (exit.type === 'ACCEPT') {
      const request = violation_request(kvm.geometry, exit.gfn, exit.level);
      yield* vcpu.violation_request.write(request).at('D2');
    } else {
      yield* vcpu.violation_request.write('none').at('D1');
    }
    return 0;
  },
);
