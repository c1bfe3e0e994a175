import { branch, during, modelled, type Steps } from '../../checker/index.ts';
import { RET_PF_RETRY, RET_PF_SPURIOUS } from '../errno.ts';
import { type Gfn, type Level, PG_LEVEL_2M, PG_LEVEL_4K } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Fault } from './fault.ts';

/** The marked stretch from the decision on a goal level to the end of the walk that acts on it. */
export const MAPPING = 'mapping';

/** The data of `MAPPING`. */
export type Mapping = { readonly vcpu: number; readonly gfn: Gfn; readonly goal_level: Level };

/** kvm_tdp_mmu_map() (domain.md 3.4, F13 to F18), under the read lock. */
export const kvm_tdp_mmu_map = modelled(
  'kvm_tdp_mmu_map',
  function* (kvm: Kernel, vcpu: Vcpu, fault: Fault, max_level: Level): Steps<number> {
    return yield* map_fault(kvm, vcpu, fault, max_level);
  },
);

/** F13, and the walk with the goal level that it comes to. */
export function* map_fault(kvm: Kernel, vcpu: Vcpu, fault: Fault, max_level: Level): Steps<number> {
  const goal_level = yield* kvm.kvm_mmu_hugepage_adjust(kvm, vcpu, fault, max_level);
  return yield* kvm.kvm_tdp_mmu_map_at(kvm, vcpu, fault.gfn, goal_level);
}

/**
 * The walk in kvm_tdp_mmu_map() (domain.md 3.4, F14 to F18). It starts below the 1G entry, which is
 * always a table. After F18 the entry above is not read again: no table goes away under the read
 * lock.
 */
export const kvm_tdp_mmu_map_at = modelled(
  'kvm_tdp_mmu_map_at',
  function* (kvm: Kernel, vcpu: Vcpu, gfn: Gfn, goal_level: Level): Steps<number> {
    const mapping: Mapping = { vcpu: vcpu.id, gfn, goal_level };
    return yield* during(MAPPING, mapping, () => walk(kvm, gfn, goal_level));
  },
);

function* walk(kvm: Kernel, gfn: Gfn, goal_level: Level): Steps<number> {
  let goal = goal_level;
  for (const level of [PG_LEVEL_2M, PG_LEVEL_4K]) {
    const { action, old } = yield* kvm.kvm_tdp_mmu_map_entry(kvm, gfn, level, goal);
    switch (action) {
      case 'retry':
        return RET_PF_RETRY;
      case 'spurious':
        return RET_PF_SPURIOUS;
      case 'map':
        return yield* kvm.tdp_mmu_map_handle_target_level(kvm, gfn, level, old);
      case 'step down':
        // A table at the goal level lowers the goal (F14a).
        goal = Math.min(goal, level - 1);
        break;
      case 'link':
        if ((yield* kvm.tdp_mmu_link_sp(kvm, gfn, old, true)) !== 0) return RET_PF_RETRY;
        yield* branch('F18');
        break;
      case 'split':
        if ((yield* kvm.tdp_mmu_split_huge_page(kvm, gfn, true)) !== 0) return RET_PF_RETRY;
        break;
    }
  }
  throw new TypeError('the walk ended at no level; expected it to end at 4K');
}
