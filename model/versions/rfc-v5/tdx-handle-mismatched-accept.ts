import { branch, modelled, type Steps } from '../../../checker/index.ts';
import { PG_LEVEL_4K } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';
import type { Vcpu } from '../../memory.ts';
import type { Exit } from '../../tdx/exit.ts';
import { accept_range } from '../../tdx/tdx-check-accept-level.ts';

/**
 * tdx_handle_mismatched_accept() of v5 41/45 (domain.md 3.3, C1 to C9): splits down to the accepted
 * level, and then sets the bits in the same critical section.
 *
 * @returns 0, or what the split failed with
 */
export const tdx_handle_mismatched_accept = modelled(
  'tdx_handle_mismatched_accept',
  function* (kvm: Kernel, _vcpu: Vcpu, exit: Exit): Steps<number> {
    if ((yield* kvm.gfn_to_memslot(kvm, exit.gfn, 'C1')) === 'none') return 0;
    if (exit.type !== 'ACCEPT') {
      yield* branch('C1');
      return 0;
    }
    const { gfn, level } = exit;
    // Lockless.
    if (yield* kvm.hugepage_test_guest_inhibit(kvm, gfn, level + 1).at('C4')) return 0;

    return yield* kvm.mmu_lock.write(
      function* () {
        const range = accept_range(kvm, gfn, level);
        const ret = yield* kvm.kvm_tdp_mmu_split_huge_pages(kvm, range, level).at('C7');
        if (ret !== 0) return ret;
        yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 1).at('C8');
        if (level === PG_LEVEL_4K) {
          yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 2).at('C8');
        }
        return 0;
      },
      { acquire: 'C5', release: 'C9' },
    );
  },
);
