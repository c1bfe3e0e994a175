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
 * kvm_gmem_punch_hole() of one 2M region (domain.md 5.2, K1 to K7). As in v2 the lock is free
 * between the beginning of the invalidation (K2) and the zap (K4), where a hole with smaller
 * borders would split leaves (K3).
 */
export const kvm_gmem_punch_hole = modelled(
  'kvm_gmem_punch_hole',
  function* (kvm: Kernel, gfn: Gfn): Steps<void> {
    // One step, as nothing in this hold of the lock waits.
    yield* atomic(() => kvm.mmu_lock.write(() => beginning_of_invalidation(kvm, gfn)));
    yield* kvm.mmu_lock.write(function* () {
      yield* kvm.tdp_mmu_zap_region(kvm, gfn);
    });
    yield* branch('K5');
    yield* atomic(() => kvm.mmu_lock.write(() => end_of_invalidation(kvm)));
  },
);

function* beginning_of_invalidation(kvm: Kernel, gfn: Gfn): Steps<void> {
  yield* kvm.kvm_mmu_invalidate_begin(kvm, gfn);
}

function* end_of_invalidation(kvm: Kernel): Steps<void> {
  yield* kvm.kvm_mmu_invalidate_end(kvm);
}

/** The VMM: punches `holes` holes, each in any region, at any time. */
export const punch_holes = modelled(
  'punch_holes',
  function* (kvm: Kernel, holes: number): Steps<undefined> {
    return yield* loop(holes, function* (left) {
      if (left === 0) return done(undefined);
      const region = yield* choose(every_region(kvm.geometry), (hole) => `2M region ${hole}`);
      yield* kvm.kvm_gmem_punch_hole(kvm, first_gfn(kvm.geometry, region));
      return next(left - 1);
    });
  },
);
