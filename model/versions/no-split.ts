import type { KernelFunctions } from '../kernel.ts';
import { absent } from './absent.ts';

/** The split under the write lock, as a version has it that never splits there (no S1 to S7). */
export const no_split: Partial<KernelFunctions> = {
  kvm_split_cross_boundary_leafs: absent('kvm_split_cross_boundary_leafs'),
  tdp_mmu_alloc_sp_for_split: absent('tdp_mmu_alloc_sp_for_split'),
  tdp_mmu_free_sp: absent('tdp_mmu_free_sp'),
  tdp_mmu_iter_cond_resched: absent('tdp_mmu_iter_cond_resched'),
  tdp_mmu_set_spte: absent('tdp_mmu_set_spte'),
  tdp_mmu_split_huge_pages_root: absent('tdp_mmu_split_huge_pages_root'),
};
