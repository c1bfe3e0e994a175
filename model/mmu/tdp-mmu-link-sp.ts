import { modelled, type Steps } from '../../checker/index.ts';
import { type Gfn, PG_LEVEL_2M } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { MirrorEntry } from '../memory.ts';

/**
 * tdp_mmu_link_sp(): a page table takes the place of the 2M entry `old`, under the read lock
 * (`shared`, domain.md 3.4 F14d, F17) or the write lock (domain.md 4.4).
 */
export const tdp_mmu_link_sp = modelled(
  'tdp_mmu_link_sp',
  function* (kvm: Kernel, gfn: Gfn, old: MirrorEntry, shared: boolean): Steps<number> {
    return shared
      ? yield* kvm.tdp_mmu_set_spte_atomic(kvm, gfn, PG_LEVEL_2M, old, 'table')
      : yield* kvm.tdp_mmu_set_spte(kvm, gfn);
  },
);
