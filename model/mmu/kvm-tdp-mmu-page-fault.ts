import { atomic, modelled, type Steps } from '../../checker/index.ts';
import { RET_PF_RETRY } from '../errno.ts';
import type { Kernel } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Fault } from './fault.ts';

/**
 * kvm_tdp_mmu_page_fault() of a private gfn (domain.md 3.4, F1 to F19), with the wrappers around it
 * (kvm_mmu_page_fault, kvm_mmu_do_page_fault, kvm_tdp_page_fault). Of these, one looks the slot up.
 */
export const kvm_tdp_mmu_page_fault = modelled(
  'kvm_tdp_mmu_page_fault',
  function* (kvm: Kernel, vcpu: Vcpu, fault: Fault): Steps<number> {
    const slot = yield* kvm.gfn_to_memslot(kvm, fault.gfn, 'F1');
    const err = yield* kvm.mmu_topup_memory_caches(kvm).at('F3');
    if (err !== 0) return err;
    const max_level = yield* kvm.kvm_mmu_faultin_pfn(kvm, vcpu, fault, slot);
    if (max_level === 'retry') return RET_PF_RETRY;
    if (max_level < 0) return max_level;

    yield* kvm.mmu_lock.reader.acquire().at('F11');
    const stale = yield* kvm.is_page_fault_stale(kvm, vcpu, fault.gfn);
    const ret = stale ? RET_PF_RETRY : yield* kvm.kvm_tdp_mmu_map(kvm, vcpu, fault, max_level);
    yield* finish_page_fault(kvm, vcpu);
    return ret;
  },
);

/**
 * read_unlock(mmu_lock). The snapshot of F4 is forgotten in the same step, as the fault is over.
 */
export function* finish_page_fault(kvm: Kernel, vcpu: Vcpu): Steps<void> {
  yield* atomic(function* () {
    yield* kvm.mmu_lock.reader.release().at('F19');
    yield* vcpu.fault_snapshot.write('none');
  });
}
