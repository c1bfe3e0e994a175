import { atomic, branch, modelled, type Steps } from '../../checker/index.ts';
import { type Gfn, PG_LEVEL_2M } from '../gfn.ts';
import { range_of } from '../gfn-range.ts';
import type { GfnRange, Kernel } from '../kernel.ts';
import { zapping } from './zapping.ts';

/**
 * kvm_gmem_punch_hole() of one 2M region (domain.md 5.2, K1 to K7). As in v2 the lock is free
 * between the beginning of the invalidation (K2) and the zap (K4), where a hole with smaller
 * borders would split leaves (K3).
 */
export const kvm_gmem_punch_hole = modelled(
  'kvm_gmem_punch_hole',
  function* (kvm: Kernel, gfn: Gfn): Steps<void> {
    const range = range_of(kvm.geometry, gfn, PG_LEVEL_2M);
    // One step, as nothing in this hold of the lock waits.
    yield* atomic(() => kvm.mmu_lock.write(() => beginning_of_invalidation(kvm, range)));
    yield* zapping(kvm, range, 'K4', function* () {
      yield* kvm.tdp_mmu_zap_region(kvm, gfn).at('K4');
      return 0;
    });
    yield* branch('K5');
    yield* atomic(() => kvm.mmu_lock.write(() => end_of_invalidation(kvm)));
  },
);

function* beginning_of_invalidation(kvm: Kernel, range: GfnRange): Steps<void> {
  yield* kvm.kvm_mmu_invalidate_begin(kvm, range).at('K2');
}

function* end_of_invalidation(kvm: Kernel): Steps<void> {
  yield* kvm.kvm_mmu_invalidate_end(kvm).at('K6');
}
