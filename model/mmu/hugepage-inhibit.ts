import { atomic, modelled, type Steps, type Variable } from '../../checker/index.ts';
import { has_flag, KVM_LPAGE_GUEST_INHIBIT_FLAG, with_flag } from '../disallow-lpage.ts';
import { type Gfn, type Level, PG_LEVEL_2M, region_of } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Memory } from '../memory.ts';
import { lpage_info_slot, not_freed, of_flags } from './lpage-info-slot.ts';

/** hugepage_test_guest_inhibit() (v2 13/23, domain.md 1.4): a plain load; B4 has no lock. */
export const hugepage_test_guest_inhibit = modelled(
  'hugepage_test_guest_inhibit',
  function* (kvm: Kernel, gfn: Gfn, level: Level): Steps<boolean> {
    const word = yield* lpage_info_slot(kvm, gfn, level);
    const is_set = of_flags((flags) => has_flag(flags, KVM_LPAGE_GUEST_INHIBIT_FLAG));
    return yield* not_freed(yield* word.map(is_set));
  },
);

/** hugepage_set_guest_inhibit() (v2 13/23, domain.md 1.4): a plain load and a plain store. */
export const hugepage_set_guest_inhibit = modelled(
  'hugepage_set_guest_inhibit',
  function* (kvm: Kernel, gfn: Gfn, level: Level): Steps<void> {
    const word = yield* lpage_info_slot(kvm, gfn, level);
    const flags = yield* not_freed(yield* word.read());
    yield* atomic(function* () {
      yield* word.write(with_flag(flags, KVM_LPAGE_GUEST_INHIBIT_FLAG));
      yield* ghost_inhibit(kvm, gfn, level).write(true);
    });
  },
);

/** What claims remember of the word of `level` that covers `gfn`. */
export function ghost_inhibit(kvm: Memory, gfn: Gfn, level: Level): Variable<boolean> {
  return level === PG_LEVEL_2M
    ? kvm.ghost.inhibit_2M.at(region_of(kvm.geometry, gfn))
    : kvm.ghost.inhibit_1G;
}
