import { done, loop, modelled, next, type Steps } from '../../checker/index.ts';
import { EIO, RET_PF_RETRY } from '../errno.ts';
import type { Gfn } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';

/**
 * kvm_tdp_map_page() for KVM_PRE_FAULT_MEMORY (domain.md 3.5, 5.6): the fault path without an exit,
 * and so without an accept step.
 */
export const kvm_tdp_map_page = modelled(
  'kvm_tdp_map_page',
  function* (kvm: Kernel, vcpu: Vcpu, gfn: Gfn): Steps<number> {
    return yield* loop(undefined, function* () {
      const ret = yield* kvm.kvm_tdp_mmu_page_fault(kvm, vcpu, { gfn, prefetch: true });
      if (ret !== RET_PF_RETRY) return done(ret);
      if (yield* kvm.vm_dead.read()) return done(-EIO);
      return next(undefined);
    });
  },
);
