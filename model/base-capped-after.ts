import type { KernelFunctions } from './kernel.ts';
import { kvm_mmu_faultin_pfn_without_cap } from './mmu/kvm-mmu-faultin-pfn.ts';
import { kvm_mmu_hugepage_adjust_with_cap } from './mmu/kvm-mmu-hugepage-adjust.ts';

/**
 * What the base tree of v3 and v5 has in another place (domain.md 1.5): TDX caps the level after
 * the loop over the words, which so starts at 1G.
 */
export const base_capped_after: Partial<KernelFunctions> = {
  kvm_mmu_faultin_pfn: kvm_mmu_faultin_pfn_without_cap,
  kvm_mmu_hugepage_adjust: kvm_mmu_hugepage_adjust_with_cap,
};
