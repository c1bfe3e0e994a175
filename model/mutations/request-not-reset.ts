import { modelled, type Steps } from '../../checker/index.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Exit } from '../tdx/exit.ts';
import { violation_request } from '../tdx/violation-request.ts';

const tdx_check_accept_level = modelled(
  'tdx_get_accept_level',
  function* (kvm: Kernel, vcpu: Vcpu, exit: Exit): Steps<number> {
    if (exit.type === 'ACCEPT') {
      const request = violation_request(kvm.geometry, exit.gfn, exit.level);
      yield* vcpu.violation_request.write(request).at('D2');
    }
    return 0;
  },
);

/** Mutation 45: RFC v1 without the reset of D1, so that a vCPU goes by an old request. */
export const request_not_reset: Partial<KernelFunctions> = { tdx_check_accept_level };
