import { atomic, branch, modelled, type Steps } from '../../checker/index.ts';
import { EAGAIN, EFAULT } from '../errno.ts';
import { PG_LEVEL_1G } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Memslot, Vcpu } from '../memory.ts';
import type { Fault } from './fault.ts';

/**
 * kvm_mmu_faultin_pfn() for guest_memfd in the base tree of v1 and v2 (domain.md 3.4, F4 to F10;
 * 1.5): TDX caps the level here, before mmu_lock. The folio is as big as the 1G region (F8).
 *
 * The lockless checks F7 and F10 are left out: whenever one of them says RETRY, F12 does so later.
 *
 * @returns `fault->max_level`, -EFAULT if the gfn is not private or in no slot, or what a slot that
 *   is about to be deleted comes to: 'retry' for an exit, -EAGAIN for a prefault
 */
export const kvm_mmu_faultin_pfn = modelled(
  'kvm_mmu_faultin_pfn',
  function* (kvm: Kernel, vcpu: Vcpu, fault: Fault, slot: Memslot): Steps<number | 'retry'> {
    const answer = yield* begin_of_fault(kvm, vcpu, fault, slot);
    if (answer !== 'go on') return answer;
    yield* branch('F8');
    return Math.min(PG_LEVEL_1G, yield* kvm.tdx_gmem_private_max_mapping_level(kvm, vcpu, fault));
  },
);

/** The same in the base tree of v3 and v5: the size of the folio is the only cap here. */
export const kvm_mmu_faultin_pfn_without_cap = modelled(
  'kvm_mmu_faultin_pfn',
  function* (kvm: Kernel, vcpu: Vcpu, fault: Fault, slot: Memslot): Steps<number | 'retry'> {
    const answer = yield* begin_of_fault(kvm, vcpu, fault, slot);
    if (answer !== 'go on') return answer;
    yield* branch('F8');
    return PG_LEVEL_1G;
  },
);

/**
 * F4 to F6: whether the gfn is still private, and in a slot. If not, the fault is over, and the
 * snapshot is forgotten in the same step.
 */
function* begin_of_fault(
  kvm: Kernel,
  vcpu: Vcpu,
  { gfn, prefetch }: Fault,
  slot: Memslot,
): Steps<number | 'retry' | 'go on'> {
  yield* vcpu.fault_snapshot.write('current').at('F4');
  return yield* atomic(function* () {
    const is_private = yield* kvm.kvm_mem_is_private(kvm, gfn);
    if (is_private && slot === 'valid') return 'go on';
    if (slot !== 'valid') yield* branch('F6');
    yield* vcpu.fault_snapshot.write('none');
    if (!is_private || slot === 'none') return -EFAULT;
    return prefetch ? -EAGAIN : 'retry';
  });
}
