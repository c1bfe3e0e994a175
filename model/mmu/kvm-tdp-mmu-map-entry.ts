import { branch, modelled, type Steps } from '../../checker/index.ts';
import { mirror_sptep } from '../entry.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { MirrorEntry } from '../memory.ts';

/** What the walk does about an entry, and the value of it that this is based on. */
export interface EntryAction {
  readonly action: 'retry' | 'spurious' | 'map' | 'step down' | 'link' | 'split';
  readonly old: MirrorEntry;
}

/**
 * The body of the walk in kvm_tdp_mmu_map() up to its decision (domain.md 3.4, F14a to F16): the
 * entry is read once. A split that it asks for would be one under the read lock.
 */
export const kvm_tdp_mmu_map_entry = modelled(
  'kvm_tdp_mmu_map_entry',
  function* (kvm: Kernel, gfn: Gfn, level: Level, goal_level: Level): Steps<EntryAction> {
    const old = yield* mirror_sptep(kvm, gfn, level).read().at('F14');
    return { action: yield* decide(old, level, goal_level), old };
  },
);

/** F14a to F16 for an entry that was read as `old`. */
export function* decide(
  old: MirrorEntry,
  level: Level,
  goal_level: Level,
): Steps<EntryAction['action']> {
  if (old === 'FROZEN') {
    yield* branch('F14b');
    return 'retry';
  }
  if (old === 'table') {
    // disallowed_hugepage_adjust() lowers the goal: a leaf never replaces a table (domain.md 4.8).
    yield* branch(level === goal_level ? 'F14a' : 'F14d');
    return 'step down';
  }
  if (level === goal_level) {
    yield* branch('F14c');
    yield* branch('F16');
    return old === 'leaf' ? 'spurious' : 'map';
  }
  yield* branch('F14d');
  return old === 'leaf' ? 'split' : 'link';
}
