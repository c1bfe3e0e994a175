import { branch, modelled, type Steps } from '../../checker/index.ts';
import { PG_LEVEL_4K } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Exit } from '../tdx/exit.ts';
import { accept_range } from '../tdx/tdx-check-accept-level.ts';
import { rfc_v2 } from '../versions/rfc-v2.ts';
import { hugepage_set_guest_inhibit } from '../versions/shared-lock/hugepage-set-guest-inhibit.ts';

const tdx_check_accept_level = modelled(
  'tdx_check_accept_level',
  function* (kvm: Kernel, _vcpu: Vcpu, exit: Exit): Steps<number> {
    if ((yield* kvm.gfn_to_memslot(kvm, exit.gfn, 'B1')) === 'none') return 0;
    if (exit.type !== 'ACCEPT') {
      yield* branch('B2');
      return 0;
    }
    const { gfn, level } = exit;
    if (yield* kvm.hugepage_test_guest_inhibit(kvm, gfn, level + 1).at('B4')) return 0;

    if (level === PG_LEVEL_4K) {
      yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 2).at('B9');
    }
    yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 1).at('B8');
    const ret = yield* kvm.mmu_lock.write(
      function* () {
        const range = accept_range(kvm, gfn, level);
        return yield* kvm.kvm_split_cross_boundary_leafs(kvm, range).at('B6');
      },
      { acquire: 'B5', release: 'B10' },
    );
    return Math.min(ret, 0);
  },
);

/**
 * Mutation 7, the order of Rick Edgecombe's mail of 1 Jul 2025 (domain.md 6.8): the bits are set
 * first, atomically and without a lock; then the write lock, and the split.
 */
export const set_then_lock_then_split: Partial<KernelFunctions> = {
  hugepage_set_guest_inhibit,
  tdx_check_accept_level,
};

const {
  kvm_split_cross_boundary_leafs,
  tdp_mmu_alloc_sp_for_split,
  tdp_mmu_free_sp,
  tdp_mmu_iter_cond_resched,
  tdp_mmu_set_spte,
  tdp_mmu_split_huge_pages_root,
} = rfc_v2.functions;

/** Mutation 8: the same where the fault path may split, which makes the write lock needless. */
export const set_then_lock_then_split_supported: Partial<KernelFunctions> = {
  kvm_split_cross_boundary_leafs,
  tdp_mmu_alloc_sp_for_split,
  tdp_mmu_free_sp,
  tdp_mmu_iter_cond_resched,
  tdp_mmu_set_spte,
  tdp_mmu_split_huge_pages_root,
  tdx_check_accept_level,
};
