import { branch, modelled, type Steps } from '../../../checker/index.ts';
import { PG_LEVEL_4K } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';
import type { Vcpu } from '../../memory.ts';
import type { Exit } from '../../tdx/exit.ts';

/**
 * The accept step of the sketch (domain.md 6.6, Z1 to Z3): the bits are set under the read lock, 1G
 * before 2M, so that a reader of both words never finds the 2M word set and the 1G word 0.
 *
 * @returns 0
 */
export const tdx_honor_guest_accept_level = modelled(
  'tdx_honor_guest_accept_level',
  function* (kvm: Kernel, _vcpu: Vcpu, exit: Exit): Steps<number> {
    if ((yield* kvm.gfn_to_memslot(kvm, exit.gfn, 'Z1')) === 'none') return 0;
    if (exit.type !== 'ACCEPT') {
      yield* branch('Z1');
      return 0;
    }
    const { gfn, level } = exit;
    if (yield* kvm.hugepage_test_guest_inhibit(kvm, gfn, level + 1).at('Z1')) return 0;

    yield* kvm.mmu_lock.read(
      function* () {
        if (level === PG_LEVEL_4K) {
          yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 2).at('Z3');
        }
        yield* kvm.hugepage_set_guest_inhibit(kvm, gfn, level + 1).at('Z3');
      },
      { acquire: 'Z2', release: 'Z3' },
    );
    return 0;
  },
);
