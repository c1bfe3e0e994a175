import { modelled, type Steps } from '../../../checker/index.ts';
import type { Level } from '../../gfn.ts';
import type { GfnRange, Kernel } from '../../kernel.ts';

/**
 * kvm_tdp_mmu_split_huge_pages() of v5 over all valid mirror roots, of which there is one
 * (domain.md 3.3 C7, corrected as in the reply of 29 Jan 2026), under the write lock.
 *
 * @returns 0, or -ENOMEM
 */
export const kvm_tdp_mmu_split_huge_pages = modelled(
  'kvm_tdp_mmu_split_huge_pages',
  function* (kvm: Kernel, range: GfnRange, target_level: Level): Steps<number> {
    const ret = yield* kvm.tdp_mmu_split_huge_pages_root(kvm, 'mirror', range, target_level, false);
    return Math.min(ret, 0);
  },
);
