import { modelled, type Steps } from '../../../checker/index.ts';
import { PG_LEVEL_4K } from '../../gfn.ts';
import type { GfnRange, Kernel } from '../../kernel.ts';

/**
 * kvm_split_cross_boundary_leafs() as posted in v2 12/23: the answer for the root is kept in a bool
 * (domain.md 4.3).
 *
 * @returns 0 if there was nothing to split; 1 if it split something, and 1 for -ENOMEM
 */
export const kvm_split_cross_boundary_leafs = modelled(
  'kvm_split_cross_boundary_leafs',
  function* (kvm: Kernel, range: GfnRange): Steps<number> {
    const split = yield* kvm.tdp_mmu_split_huge_pages_root(kvm, 'mirror', range, PG_LEVEL_4K, true);
    return split === 0 ? 0 : 1;
  },
);
