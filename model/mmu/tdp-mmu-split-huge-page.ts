import { branch, modelled, type Steps } from '../../checker/index.ts';
import type { Gfn } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';

/**
 * tdp_mmu_split_huge_page(): a table takes the place of the 2M leaf over `gfn`. Under the write
 * lock this is S6 (domain.md 4.4), under the read lock (`shared`) F15, which TDX refuses (domain.md
 * 4.5).
 */
export const tdp_mmu_split_huge_page = modelled(
  'tdp_mmu_split_huge_page',
  function* (kvm: Kernel, gfn: Gfn, shared: boolean): Steps<number> {
    return yield* kvm.tdp_mmu_link_sp(kvm, gfn, 'leaf', shared);
  },
);

/**
 * tdp_mmu_free_sp() of a spare page table that nobody saw (domain.md 4.1, S7).
 *
 * @returns whether it is still held, so that a version that forgets to free it can say so
 */
export const tdp_mmu_free_sp = modelled(
  'tdp_mmu_free_sp',
  function* (_kvm: Kernel): Steps<boolean> {
    yield* branch('S7');
    return false;
  },
);
