import { modelled, type Steps } from '../../../checker/index.ts';
import type { Level } from '../../gfn.ts';
import type { GfnRange, Kernel } from '../../kernel.ts';

/**
 * kvm_tdp_mmu_split_huge_pages() as posted in v5 41/45: it walks `vcpu->arch.mmu->root.hpa`, which
 * is the direct root (domain.md 3.3 C7).
 *
 * @returns 0, or -ENOMEM
 */
export const kvm_tdp_mmu_split_huge_pages = modelled(
  'kvm_tdp_mmu_split_huge_pages',
  function* (kvm: Kernel, range: GfnRange, target_level: Level): Steps<number> {
    const ret = yield* kvm.tdp_mmu_split_huge_pages_root(kvm, 'direct', range, target_level, false);
    return Math.min(ret, 0);
  },
);
