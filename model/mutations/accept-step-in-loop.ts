import { branch, done, during, loop, modelled, next, type Steps } from '../../checker/index.ts';
import { EIO, RET_PF_RETRY } from '../errno.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Exit } from '../tdx/exit.ts';
import { accept_step, LOCAL_RETRY, reason_to_leave } from '../tdx/tdx-handle-ept-violation.ts';

const tdx_handle_ept_violation = modelled(
  'tdx_handle_ept_violation',
  function* (kvm: Kernel, vcpu: Vcpu, exit: Exit): Steps<number> {
    const fault = { gfn: exit.gfn, prefetch: false };
    const retry = loop<undefined, number>(undefined, function* () {
      const err = yield* accept_step(kvm, vcpu, exit);
      if (err !== 0) return done(RET_PF_RETRY);
      const ret = yield* kvm.kvm_tdp_mmu_page_fault(kvm, vcpu, fault).at('A6a');
      if (ret !== RET_PF_RETRY) {
        yield* branch('A6b');
        return done(ret);
      }
      switch (yield* reason_to_leave(kvm, exit.gfn)) {
        case 'event':
        case 'slot':
          return done(RET_PF_RETRY);
        case 'dead':
          return done(-EIO);
        case 'none':
          return next(undefined);
      }
    });
    return yield* during(LOCAL_RETRY, { gfn: exit.gfn }, () => retry);
  },
);

/** Mutation 52: the accept step is a part of the local retry loop. */
export const accept_step_in_loop: Partial<KernelFunctions> = { tdx_handle_ept_violation };
