import { choose, dropped, modelled, type Steps } from '../../checker/index.ts';
import type { Kernel } from '../kernel.ts';

/**
 * tdp_mmu_iter_cond_resched() under the write lock (domain.md 4.1, S2). A walk that has yielded at
 * this gfn before goes on (`yielded_gfn == next_last_level_gfn`). Else it is a free choice, which
 * stands for `need_resched()` and for contention.
 *
 * @returns whether mmu_lock was dropped
 */
export const tdp_mmu_iter_cond_resched = modelled(
  'tdp_mmu_iter_cond_resched',
  function* (kvm: Kernel, yielded: boolean): Steps<boolean> {
    if (yielded) return false;
    return yield* may_yield(kvm);
  },
);

/** Yields or does not. */
export function* may_yield(kvm: Kernel): Steps<boolean> {
  if (!(yield* choose([false, true]).at('S2'))) return false;
  yield* dropped(kvm.mmu_lock.writer, function* () {}, { release: 'S2', acquire: 'S2' });
  return true;
}
