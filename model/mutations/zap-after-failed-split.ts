import { modelled, type Steps } from '../../checker/index.ts';
import type { GfnRange, Kernel, KernelFunctions } from '../kernel.ts';
import { kvm_split_cross_boundary_leafs as unchanged } from '../mmu/kvm-split-cross-boundary-leafs.ts';

const kvm_split_cross_boundary_leafs = modelled(
  'kvm_split_cross_boundary_leafs',
  function* (kvm: Kernel, range: GfnRange): Steps<number> {
    const ret: boolean = (yield* unchanged(kvm, range)) !== 0;
    return Number(ret);
  },
);

/**
 * Mutation 55: the result of the split is kept in a bool, as in the posted code (domain.md 4.3). A
 * conversion takes the failed split for one that was made, and zaps the 2M leaf.
 */
export const zap_after_failed_split: Partial<KernelFunctions> = { kvm_split_cross_boundary_leafs };
