import { every, holds, modelled, type Steps } from '../../checker/index.ts';
import { has_flag, KVM_LPAGE_MIXED_FLAG, with_flag, without_flag } from '../disallow-lpage.ts';
import { every_region, first_gfn, type Gfn, type Level, PG_LEVEL_2M } from '../gfn.ts';
import { gfns_in, range_of } from '../gfn-range.ts';
import type { Kernel } from '../kernel.ts';
import type { MemoryAttribute } from '../memory.ts';
import { lpage_info_slot } from './lpage-info-slot.ts';

/** hugepage_test_mixed() (domain.md 1.4): a plain load. */
export const hugepage_test_mixed = modelled(
  'hugepage_test_mixed',
  function* (kvm: Kernel, gfn: Gfn, level: Level): Steps<boolean> {
    const word = yield* lpage_info_slot(kvm, gfn, level);
    return yield* word.test((flags) => has_flag(flags, KVM_LPAGE_MIXED_FLAG));
  },
);

/** hugepage_set_mixed() (domain.md 1.4): a plain load and a plain store. */
export const hugepage_set_mixed = modelled(
  'hugepage_set_mixed',
  function* (kvm: Kernel, gfn: Gfn, level: Level): Steps<void> {
    const word = yield* lpage_info_slot(kvm, gfn, level);
    yield* word.modify((flags) => with_flag(flags, KVM_LPAGE_MIXED_FLAG));
  },
);

/** hugepage_clear_mixed() (domain.md 1.4): a plain load and a plain store, set or not. */
export const hugepage_clear_mixed = modelled(
  'hugepage_clear_mixed',
  function* (kvm: Kernel, gfn: Gfn, level: Level): Steps<void> {
    const word = yield* lpage_info_slot(kvm, gfn, level);
    yield* word.modify((flags) => without_flag(flags, KVM_LPAGE_MIXED_FLAG));
  },
);

/**
 * hugepage_has_attrs(): whether all of a region has the attribute. A 1G region is judged by its 2M
 * parts (domain.md 5.1). One step: nobody else writes attributes or MIXED meanwhile, as the write
 * lock and `slots_lock` are held.
 */
export function* hugepage_has_attrs(
  kvm: Kernel,
  gfn: Gfn,
  level: Level,
  attribute: MemoryAttribute,
): Steps<boolean> {
  if (level === PG_LEVEL_2M) {
    const pages = gfns_in(range_of(kvm.geometry, gfn, level));
    return yield* holds(every(pages.map((page) => kvm.mem_attr_array.at(page).is(attribute))));
  }
  const parts = every_region(kvm.geometry).flatMap((region) => [
    kvm.disallow_lpage_2M.at(region).satisfies((word) => !has_flag(word, KVM_LPAGE_MIXED_FLAG)),
    kvm.mem_attr_array.at(first_gfn(kvm.geometry, region)).is(attribute),
  ]);
  return yield* holds(every(parts));
}
