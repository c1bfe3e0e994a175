import { dropped, modelled, type Steps } from '../../checker/index.ts';
import type { Kernel, SplitTable } from '../kernel.ts';

/**
 * tdp_mmu_alloc_sp_for_split() (domain.md 4.1, S5): drops mmu_lock to allocate a page table, so
 * that everything may have changed when it returns.
 */
export const tdp_mmu_alloc_sp_for_split = modelled(
  'tdp_mmu_alloc_sp_for_split',
  function* (kvm: Kernel): Steps<SplitTable> {
    const allocated = yield* dropped(kvm.mmu_lock.writer, () => alloc(kvm), {
      release: 'S5',
      acquire: 'S5',
    });
    return allocated ? 'allocated, lock dropped' : 'no memory';
  },
);

function* alloc(kvm: Kernel): Steps<boolean> {
  return yield* kvm.alloc_page(kvm);
}
