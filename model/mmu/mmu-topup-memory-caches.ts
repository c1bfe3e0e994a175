import { modelled, type Steps } from '../../checker/index.ts';
import { ENOMEM } from '../errno.ts';
import type { Kernel } from '../kernel.ts';

/** mmu_topup_memory_caches(): page tables for the walk, which may sleep (domain.md 3.4, F3). */
export const mmu_topup_memory_caches = modelled(
  'mmu_topup_memory_caches',
  function* (kvm: Kernel): Steps<number> {
    return (yield* kvm.alloc_page(kvm)) ? 0 : -ENOMEM;
  },
);
