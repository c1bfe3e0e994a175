import { branch, during, modelled, type Steps } from '../../checker/index.ts';
import {
  type Gfn,
  gfn_round_for_level,
  KVM_PAGES_PER_HPAGE,
  type Level,
  PG_LEVEL_4K,
} from '../gfn.ts';
import type { GfnRange, Kernel } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Exit } from './exit.ts';

/** The marked stretch from a test at B4 that read 0 to the end of the accept step. */
export const PAST_B4 = 'past B4 with 0';

/**
 * tdx_check_accept_level() of RFC v2 14/23 as its log describes it: the bits are set after the
 * split, in the same critical section, whenever the split did not fail (domain.md 3.3 and 6.3,
 * B1 to B10).
 *
 * @returns 0, or what the split failed with
 */
export const tdx_check_accept_level = modelled(
  'tdx_check_accept_level',
  function* (kvm: Kernel, _vcpu: Vcpu, exit: Exit): Steps<number> {
    if ((yield* kvm.gfn_to_memslot(kvm, exit.gfn, 'B1')) === 'none') return 0;
    if (exit.type !== 'ACCEPT') {
      yield* branch('B2');
      return 0;
    }
    const { gfn, level } = exit;
    // Lockless.
    if (yield* kvm.hugepage_test_guest_inhibit(kvm, gfn, level + 1).at('B4')) return 0;

    return yield* during(PAST_B4, { gfn, level }, () =>
      kvm.mmu_lock.write(
        function* () {
          const range = accept_range(kvm, gfn, level);
          const ret = yield* kvm.kvm_split_cross_boundary_leafs(kvm, range).at('B6');
          // Positive is a success: something was split.
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
      ),
    );
  },
);

/** The gfns that an accept at `level` speaks of. */
export function accept_range(kvm: Kernel, gfn: Gfn, level: Level): GfnRange {
  const start = gfn_round_for_level(kvm.geometry, gfn, level);
  return { start, end: (start + KVM_PAGES_PER_HPAGE(kvm.geometry, level)) as Gfn };
}
