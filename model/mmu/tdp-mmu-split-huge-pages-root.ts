import { assert, branch, done, loop, modelled, next, type Steps } from '../../checker/index.ts';
import { mirror_sptep } from '../entry.ts';
import { ENOMEM } from '../errno.ts';
import { first_gfn, type Gfn, type Level, PG_LEVEL_2M, region_of } from '../gfn.ts';
import type { GfnRange, Kernel, Root } from '../kernel.ts';

/**
 * tdp_mmu_split_huge_pages_root() over a range inside one 2M region (domain.md 4.1, S1 to S7): all
 * leaves above `target_level`, or only those of them that cross a border of the range (4.2). Each
 * iteration is one visit of the region's 2M entry after a walk from the root; the 1G entry is
 * always a table, which S3 passes over.
 *
 * @returns 1 if it split the leaf, 0 if there was nothing to split, or -ENOMEM
 */
export const tdp_mmu_split_huge_pages_root = modelled(
  'tdp_mmu_split_huge_pages_root',
  function* (
    kvm: Kernel,
    root: Root,
    range: GfnRange,
    target_level: Level,
    only_cross_boundary: boolean,
  ): Steps<number> {
    yield* branch('S1');
    // The direct root has no entry for a private gfn, and a walk that is to leave 2M leaves alone
    // does not come down to them.
    if (root === 'direct' || target_level >= PG_LEVEL_2M) return 0;

    const split_all = !(only_cross_boundary && contains_leaf(kvm, range));
    const { ret, sp } = yield* loop(START, (walk: Walk) =>
      visit(kvm, range.start, split_all, walk),
    );
    yield* assert(!sp, 'a page table is neither linked nor freed', 'P13');
    return ret;
  },
);

/**
 * Where a walk is: whether a spare page table is in hand, and whether mmu_lock was dropped at this
 * gfn before (`yielded_gfn == next_last_level_gfn`).
 */
type Walk = { readonly sp: boolean; readonly yielded: boolean };
const START: Walk = { sp: false, yielded: false };

/** How a walk ends, and whether the spare page table is still in hand. */
type End = { readonly ret: number; readonly sp: boolean };

function* visit(kvm: Kernel, gfn: Gfn, split_all: boolean, { sp, yielded }: Walk) {
  if (yield* kvm.tdp_mmu_iter_cond_resched(kvm, yielded)) return next<Walk>({ sp, yielded: true });

  const is_leaf = yield* mirror_sptep(kvm, gfn, PG_LEVEL_2M)
    .test((entry) => entry === 'leaf')
    .at('S3');
  if (!is_leaf || !split_all) {
    if (is_leaf) yield* branch('S4');
    const still_held = sp && (yield* kvm.tdp_mmu_free_sp(kvm).at('S7'));
    return done<End>({ ret: 0, sp: still_held });
  }
  if (!sp) {
    switch (yield* kvm.tdp_mmu_alloc_sp_for_split(kvm).at('S5')) {
      case 'no memory':
        return done<End>({ ret: -ENOMEM, sp });
      case 'allocated, lock dropped':
        return next<Walk>({ sp: true, yielded: true });
      case 'preallocated':
        break;
    }
  }
  // This links `sp`, whatever becomes of it in the S-EPT.
  yield* kvm.tdp_mmu_split_huge_page(kvm, gfn, false).at('S6');
  return done<End>({ ret: 1, sp: false });
}

/** Whether the 2M leaf at the start of `range` lies in it, so that it crosses no boundary (S4). */
function contains_leaf(kvm: Kernel, { start, end }: GfnRange): boolean {
  const first: Gfn = first_gfn(kvm.geometry, region_of(kvm.geometry, start));
  return start <= first && first + kvm.geometry.fanout <= end;
}
