import { modelled, type Steps } from '../../checker/index.ts';
import { mirror_sptep } from '../entry.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import type { MirrorEntry } from '../memory.ts';
import { decide, type EntryAction } from '../mmu/kvm-tdp-mmu-map-entry.ts';

const kvm_tdp_mmu_map_entry = modelled(
  'kvm_tdp_mmu_map_entry',
  function* (kvm: Kernel, gfn: Gfn, level: Level, goal_level: Level): Steps<EntryAction> {
    const old = yield* mirror_sptep(kvm, gfn, level)
      .map((entry) => (entry === 'FROZEN' ? 'none' : entry))
      .at('F14');
    return { action: yield* decide(old, level, goal_level), old };
  },
);

const try_freeze_spte = modelled(
  'try_freeze_spte',
  function* (kvm: Kernel, gfn: Gfn, level: Level, _old: MirrorEntry): Steps<boolean> {
    yield* mirror_sptep(kvm, gfn, level).write('FROZEN').at('F17.1');
    return true;
  },
);

/**
 * Mutation 41: FROZEN is taken for non-present where it is read, and overwritten where it is set.
 */
export const overwrite_frozen: Partial<KernelFunctions> = {
  kvm_tdp_mmu_map_entry,
  try_freeze_spte,
};
