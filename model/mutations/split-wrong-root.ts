import { modelled, type Steps } from '../../checker/index.ts';
import { PG_LEVEL_4K } from '../gfn.ts';
import type { GfnRange, Kernel, KernelFunctions } from '../kernel.ts';

const kvm_split_cross_boundary_leafs = modelled(
  'kvm_split_cross_boundary_leafs',
  function* (kvm: Kernel, range: GfnRange): Steps<number> {
    return yield* kvm.tdp_mmu_split_huge_pages_root(kvm, 'direct', range, PG_LEVEL_4K, true);
  },
);

/** Mutation 38, the code of v5 as posted: the split walks the root of the shared gfns. */
export const split_wrong_root: Partial<KernelFunctions> = { kvm_split_cross_boundary_leafs };
