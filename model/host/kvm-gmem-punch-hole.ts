import {
  atomic,
  branch,
  choose,
  done,
  loop,
  modelled,
  next,
  type Steps,
} from '../../checker/index.ts';
import { every_region, first_gfn, type Gfn } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';

/**
 * kvm_gmem_punch_hole() of one 2M region without a split (domain.md 5.2, K1 to K7), as upstream:
 * the invalidation begins and the region is zapped in one hold of mmu_lock.
 */
export const kvm_gmem_punch_hole = modelled(
  'kvm_gmem_punch_hole',
  function* (kvm: Kernel, gfn: Gfn): Steps<void> {
    yield* kvm.mmu_lock.write(function* () {
      yield* kvm.kvm_mmu_invalidate_begin(kvm, gfn);
      yield* kvm.tdp_mmu_zap_region(kvm, gfn);
    });
    yield* branch('K5');
    // One step, as nothing in this hold of the lock waits.
    yield* atomic(() => kvm.mmu_lock.write(() => end_of_invalidation(kvm)));
  },
);

function* end_of_invalidation(kvm: Kernel): Steps<void> {
  yield* kvm.kvm_mmu_invalidate_end(kvm);
}

/** The VMM: punches `holes` holes, each in any region, at any time. */
export const punch_holes = modelled(
  'punch_holes',
  function* (kvm: Kernel, holes: number): Steps<undefined> {
    return yield* loop(holes, function* (left) {
      if (left === 0) return done(undefined);
      const region = yield* choose(every_region(kvm.geometry));
      yield* kvm.kvm_gmem_punch_hole(kvm, first_gfn(kvm.geometry, region));
      return next(left - 1);
    });
  },
);
