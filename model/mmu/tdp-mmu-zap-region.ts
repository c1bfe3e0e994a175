import { modelled, type Steps } from '../../checker/index.ts';
import { mirror_sptep } from '../entry.ts';
import { type Gfn, gfns_beside, PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { MirrorEntry } from '../memory.ts';

/**
 * Zaps a whole 2M region under the write lock (domain.md 5.4): its leaf, or the leaves of its table
 * and then the table. For each entry first the mirror, then the S-EPT. mmu_lock is not yielded.
 */
export const tdp_mmu_zap_region = modelled(
  'tdp_mmu_zap_region',
  function* (kvm: Kernel, gfn: Gfn): Steps<void> {
    const sptep = mirror_sptep(kvm, gfn, PG_LEVEL_2M);
    const old = yield* sptep.fetchUpdate((entry) => (entry === 'leaf' ? 'none' : entry)).at('K4');
    if (old === 'leaf') yield* kvm.tdx_sept_remove_private_spte(kvm, gfn, PG_LEVEL_2M);
    if (old !== 'table') return;

    for (const child of gfns_beside(kvm.geometry, gfn)) {
      const was_leaf = yield* mirror_sptep(kvm, child, PG_LEVEL_4K)
        .fetchUpdate(
          (): MirrorEntry => 'none',
          (entry) => entry === 'leaf',
        )
        .at('K4');
      if (was_leaf) yield* kvm.tdx_sept_remove_private_spte(kvm, child, PG_LEVEL_4K);
    }
    yield* sptep.write('none').at('K4');
    yield* kvm.tdx_sept_free_private_spt(kvm, gfn);
  },
);
