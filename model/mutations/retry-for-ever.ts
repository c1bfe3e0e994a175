import { branch, done, during, loop, modelled, next, type Steps } from '../../checker/index.ts';
import { EIO, RET_PF_RETRY } from '../errno.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Exit } from '../tdx/exit.ts';
import { accept_step, LOCAL_RETRY } from '../tdx/tdx-handle-ept-violation.ts';

const tdx_handle_ept_violation = modelled(
  'tdx_handle_ept_violation',
  function* (kvm: Kernel, vcpu: Vcpu, exit: Exit): Steps<number> {
    const err = yield* accept_step(kvm, vcpu, exit);
    if (err !== 0) return RET_PF_RETRY;
    const fault = { gfn: exit.gfn, prefetch: false };
    const retry = loop<undefined, number>(undefined, function* () {
      const ret = yield* kvm.kvm_tdp_mmu_page_fault(kvm, vcpu, fault).at('A6a');
      if (ret !== RET_PF_RETRY) {
        yield* branch('A6b');
        return done(ret);
      }
      return (yield* kvm.vm_dead.read().at('A6d')) ? done(-EIO) : next(undefined);
    });
    return yield* during(LOCAL_RETRY, { gfn: exit.gfn }, () => retry);
  },
);

/** Mutation 51: the local retry loop does not look for events and signals (no A6c). */
export const retry_for_ever: Partial<KernelFunctions> = { tdx_handle_ept_violation };
