import { branch, modelled, type Steps } from '../../checker/index.ts';
import { PG_LEVEL_4K } from '../gfn.ts';
import type { Kernel, KernelFunctions, SplitTable } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Exit } from '../tdx/exit.ts';
import { accept_range } from '../tdx/tdx-check-accept-level.ts';

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

    return yield* kvm.mmu_lock.write(
      function* () {
        yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 1).at('B8');
        if (level === PG_LEVEL_4K) {
          yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 2).at('B9');
        }
        const range = accept_range(kvm, gfn, level);
        const ret = yield* kvm.kvm_split_cross_boundary_leafs(kvm, range).at('B6');
        return Math.min(ret, 0);
      },
      { acquire: 'B5', release: 'B10' },
    );
  },
);

/** Mutations 1 and 2: the bits are set before the split, in the same critical section. */
export const set_before_split: Partial<KernelFunctions> = { tdx_check_accept_level };

const tdp_mmu_alloc_sp_for_split = modelled(
  'tdp_mmu_alloc_sp_for_split',
  function* (_kvm: Kernel): Steps<SplitTable> {
    yield* branch('S5');
    return 'preallocated';
  },
);

const tdp_mmu_iter_cond_resched = modelled(
  'tdp_mmu_iter_cond_resched',
  function* (_kvm: Kernel, _yielded: boolean): Steps<boolean> {
    yield* branch('S2');
    return false;
  },
);

/** Mutation 3: the same, with a page table at hand and without a yield, so that nothing drops. */
export const set_before_split_without_drop: Partial<KernelFunctions> = {
  ...set_before_split,
  tdp_mmu_alloc_sp_for_split,
  tdp_mmu_iter_cond_resched,
};
