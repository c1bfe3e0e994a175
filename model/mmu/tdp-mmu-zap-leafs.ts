import { modelled, type Steps } from '../../checker/index.ts';
import { mirror_sptep } from '../entry.ts';
import { type Gfn, PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { MirrorEntry } from '../memory.ts';

/**
 * tdp_mmu_zap_leafs() of one 4K page under the write lock (domain.md 5.4): the leaf that maps it,
 * of whatever size, so that a 2M leaf goes with all that it maps. Tables stay.
 */
export const tdp_mmu_zap_leafs = modelled(
  'tdp_mmu_zap_leafs',
  function* (kvm: Kernel, gfn: Gfn): Steps<void> {
    const upper = yield* mirror_sptep(kvm, gfn, PG_LEVEL_2M).fetchUpdate(without_leaf);
    if (upper === 'leaf') yield* kvm.tdx_sept_remove_private_spte(kvm, gfn, PG_LEVEL_2M);
    if (upper !== 'table') return;

    const lower = yield* mirror_sptep(kvm, gfn, PG_LEVEL_4K).fetchUpdate(without_leaf);
    if (lower === 'leaf') yield* kvm.tdx_sept_remove_private_spte(kvm, gfn, PG_LEVEL_4K);
  },
);

function without_leaf(entry: MirrorEntry): MirrorEntry {
  return entry === 'leaf' ? 'none' : entry;
}
