import { modelled, type Steps } from '../../checker/index.ts';
import { mirror_sptep } from '../entry.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import { decide, type EntryAction } from '../mmu/kvm-tdp-mmu-map-entry.ts';

const kvm_tdp_mmu_map_entry = modelled(
  'kvm_tdp_mmu_map_entry',
  function* (kvm: Kernel, gfn: Gfn, level: Level, goal_level: Level): Steps<EntryAction> {
    const old = yield* mirror_sptep(kvm, gfn, level).read().at('F14');
    const taken_for = old === 'FROZEN' ? 'none' : old;
    return { action: yield* decide(taken_for, level, goal_level), old };
  },
);

/**
 * Mutation 41: the walk takes FROZEN for non-present (no F14b). The cmpxchg of F17.1 then finds
 * what the walk has read, and two threads own the entry.
 */
export const overwrite_frozen: Partial<KernelFunctions> = { kvm_tdp_mmu_map_entry };
