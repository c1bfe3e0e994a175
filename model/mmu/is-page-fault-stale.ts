import { holds, modelled, type Steps, some } from '../../checker/index.ts';
import type { Gfn } from '../gfn.ts';
import { text_covers } from '../gfn-range.ts';
import type { Kernel } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';

/**
 * is_page_fault_stale() (domain.md 3.4, F12): an invalidation in progress covers `gfn`, or one has
 * ended since F4. Both are constant here, as their writers hold mmu_lock for write.
 */
export const is_page_fault_stale = modelled(
  'is_page_fault_stale',
  function* (kvm: Kernel, vcpu: Vcpu, gfn: Gfn): Steps<boolean> {
    const covered = kvm.mmu_invalidate_in_progress.satisfies(
      (range) => range !== 'none' && text_covers(range, gfn),
    );
    return yield* holds(some([covered, vcpu.fault_snapshot.is('stale')])).at('F12');
  },
);
