import { modelled, type Steps } from '../../checker/index.ts';
import { PG_LEVEL_4K } from '../gfn.ts';
import type { GfnRange, Kernel } from '../kernel.ts';

/**
 * kvm_split_cross_boundary_leafs() of private memory (v2 12/23, domain.md 4.2), under the write
 * lock, which may be dropped and retaken inside.
 *
 * @returns 1 if it split something, 0 if there was nothing to split, or -ENOMEM. The local of type
 *   bool that the posted code keeps it in (domain.md 4.3) is not part of v2 as described
 */
export const kvm_split_cross_boundary_leafs = modelled(
  'kvm_split_cross_boundary_leafs',
  function* (kvm: Kernel, range: GfnRange): Steps<number> {
    return yield* kvm.tdp_mmu_split_huge_pages_root(kvm, 'mirror', range, PG_LEVEL_4K, true);
  },
);
