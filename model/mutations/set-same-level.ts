import { branch, modelled, type Steps } from '../../checker/index.ts';
import { PG_LEVEL_4K } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
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
        const range = accept_range(kvm, gfn, level);
        const ret = yield* kvm.kvm_split_cross_boundary_leafs(kvm, range).at('B6');
        if (ret < 0) {
          yield* branch('B7');
          return ret;
        }
        yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level).at('B8');
        if (level === PG_LEVEL_4K) {
          yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 2).at('B9');
        }
        return 0;
      },
      { acquire: 'B5', release: 'B10' },
    );
  },
);

/** Mutation 15: the word of the accepted level itself is set, which does not exist for 4K. */
export const set_same_level: Partial<KernelFunctions> = { tdx_check_accept_level };
