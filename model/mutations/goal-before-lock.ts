import { modelled, type Steps } from '../../checker/index.ts';
import { RET_PF_RETRY } from '../errno.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Fault } from '../mmu/fault.ts';
import { finish_page_fault } from '../mmu/kvm-tdp-mmu-page-fault.ts';

const kvm_tdp_mmu_page_fault = modelled(
  'kvm_tdp_mmu_page_fault',
  function* (kvm: Kernel, vcpu: Vcpu, fault: Fault): Steps<number> {
    const slot = yield* kvm.gfn_to_memslot(kvm, fault.gfn, 'F1');
    const err = yield* kvm.mmu_topup_memory_caches(kvm).at('F3');
    if (err !== 0) return err;
    const max_level = yield* kvm.kvm_mmu_faultin_pfn(kvm, vcpu, fault, slot);
    if (max_level === 'retry') return RET_PF_RETRY;
    if (max_level < 0) return max_level;
    const goal_level = yield* kvm.kvm_mmu_hugepage_adjust(kvm, vcpu, fault, max_level);

    yield* kvm.mmu_lock.reader.acquire().at('F11');
    const stale = yield* kvm.is_page_fault_stale(kvm, vcpu, fault.gfn);
    const ret = stale
      ? RET_PF_RETRY
      : yield* kvm.kvm_tdp_mmu_map_at(kvm, vcpu, fault.gfn, goal_level);
    yield* finish_page_fault(kvm, vcpu);
    return ret;
  },
);

/** Mutation 23: the goal level is decided before the read lock is taken, and not again under it. */
export const goal_before_lock: Partial<KernelFunctions> = { kvm_tdp_mmu_page_fault };
