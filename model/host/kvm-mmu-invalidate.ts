import { modelled, type Steps } from '../../checker/index.ts';
import { range_text } from '../gfn-range.ts';
import type { GfnRange, Kernel } from '../kernel.ts';

/** kvm_mmu_invalidate_begin() for `range`, under the write lock (domain.md 5). */
export const kvm_mmu_invalidate_begin = modelled(
  'kvm_mmu_invalidate_begin',
  function* (kvm: Kernel, range: GfnRange): Steps<void> {
    yield* kvm.mmu_invalidate_in_progress.write(range_text(range));
  },
);

/**
 * kvm_mmu_invalidate_end(), under the write lock and as part of an atomic block (domain.md 5): the
 * sequence number moves on, which makes all snapshots stale.
 */
export const kvm_mmu_invalidate_end = modelled(
  'kvm_mmu_invalidate_end',
  function* (kvm: Kernel): Steps<void> {
    for (const { fault_snapshot } of kvm.vcpus) {
      yield* fault_snapshot.update((known) => (known === 'none' ? 'none' : 'stale'));
    }
    yield* kvm.mmu_invalidate_in_progress.write('none');
  },
);
