import { branch, modelled, type Steps } from '../../checker/index.ts';
import { PG_LEVEL_4K } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Exit } from '../tdx/exit.ts';
import { accept_range } from '../tdx/tdx-check-accept-level.ts';

const tdx_check_accept_level = modelled(
  'tdx_check_accept_level',
  function* (kvm: Kernel, _vcpu: Vcpu, exit: Exit): Steps<number> {
    const { gfn } = exit;
    // The info of an exit of type NONE is 0, which decodes to 4K.
    const level = exit.type === 'ACCEPT' ? exit.level : PG_LEVEL_4K;
    if (yield* kvm.hugepage_test_guest_inhibit(kvm, gfn, level + 1).at('B4')) return 0;

    return yield* kvm.mmu_lock.write(
      function* () {
        const range = accept_range(kvm, gfn, level);
        const ret = yield* kvm.kvm_split_cross_boundary_leafs(kvm, range).at('B6');
        if (ret < 0) {
          yield* branch('B7');
          return ret;
        }
        yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 1).at('B8');
        if (level === PG_LEVEL_4K) {
          yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 2).at('B9');
        }
        return 0;
      },
      { acquire: 'B5', release: 'B10' },
    );
  },
);

/** Mutation 46: the level bits are used whatever the type of the exit. */
export const ignore_exit_type: Partial<KernelFunctions> = { tdx_check_accept_level };
