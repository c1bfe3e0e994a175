import { atomic, modelled, type Steps } from '../../checker/index.ts';
import { PG_LEVEL_1G, PG_LEVEL_2M } from '../gfn.ts';
import { holds_region, range_of } from '../gfn-range.ts';
import type { GfnRange, Kernel } from '../kernel.ts';
import type { MemoryAttribute } from '../memory.ts';
import { hugepage_has_attrs } from './hugepage-mixed.ts';

/**
 * kvm_arch_pre_set_memory_attributes() with v2 16/23, under the write lock (domain.md 5.1, H2): the
 * invalidation begins, leaves that cross the borders of the range are split, what was private in it
 * is zapped. The range lies in one 2M region. Shared mappings are not modelled.
 *
 * @returns 0, or -ENOMEM of the split
 */
export const kvm_arch_pre_set_memory_attributes = modelled(
  'kvm_arch_pre_set_memory_attributes',
  function* (kvm: Kernel, range: GfnRange, attribute: MemoryAttribute): Steps<number> {
    yield* begin_of_conversion(kvm, range);
    if (attribute === 'private') return 0;

    const ret = yield* kvm.kvm_split_cross_boundary_leafs(kvm, range).at('H2');
    if (ret < 0) return ret;
    yield* kvm_unmap_gfn_range(kvm, range);
    return 0;
  },
);

/**
 * The invalidation begins, in one step: the MIXED flags that it reads do not change under the write
 * lock.
 */
export function* begin_of_conversion(kvm: Kernel, range: GfnRange): Steps<void> {
  yield* atomic(function* () {
    const invalidated = yield* range_to_invalidate(kvm, range);
    yield* kvm.kvm_mmu_invalidate_begin(kvm, invalidated).at('H2');
  });
}

/**
 * The range, or the biggest region around it that may still be mapped by one leaf: no fault may put
 * one over the border meanwhile.
 */
function* range_to_invalidate(kvm: Kernel, range: GfnRange): Steps<GfnRange> {
  let invalidated = range;
  for (const level of [PG_LEVEL_2M, PG_LEVEL_1G]) {
    if (holds_region(kvm.geometry, range, level)) continue;
    if (yield* kvm.hugepage_test_mixed(kvm, range.start, level).at('H2')) continue;
    invalidated = range_of(kvm.geometry, range.start, level);
  }
  return invalidated;
}

/** kvm_unmap_gfn_range() of private memory: a page, or a whole 2M region. */
export function* kvm_unmap_gfn_range(kvm: Kernel, range: GfnRange): Steps<void> {
  const zap = holds_region(kvm.geometry, range, PG_LEVEL_2M)
    ? kvm.tdp_mmu_zap_region
    : kvm.tdp_mmu_zap_leafs;
  yield* zap(kvm, range.start).at('H2');
}

/**
 * kvm_arch_post_set_memory_attributes(), under the write lock (domain.md 5.1, H4): MIXED of the 2M
 * word and then of the 1G word, by plain read-modify-writes of the words that hold GUEST_INHIBIT.
 */
export const kvm_arch_post_set_memory_attributes = modelled(
  'kvm_arch_post_set_memory_attributes',
  function* (kvm: Kernel, range: GfnRange, attribute: MemoryAttribute): Steps<void> {
    for (const level of [PG_LEVEL_2M, PG_LEVEL_1G]) {
      const uniform =
        holds_region(kvm.geometry, range, level) ||
        (yield* hugepage_has_attrs(kvm, range.start, level, attribute));
      const change = uniform ? kvm.hugepage_clear_mixed : kvm.hugepage_set_mixed;
      yield* change(kvm, range.start, level);
    }
  },
);
