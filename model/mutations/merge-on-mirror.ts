import { during, modelled, type Steps } from '../../checker/index.ts';
import { mirror_sptep } from '../entry.ts';
import { EBUSY, EIO, RET_PF_RETRY } from '../errno.ts';
import { type Gfn, gfn_round_for_level, type Level } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import type { MirrorEntry } from '../memory.ts';
import { decide, type EntryAction } from '../mmu/kvm-tdp-mmu-map-entry.ts';
import { FROZEN, type Frozen } from '../mmu/tdp-mmu-set-spte-atomic.ts';
import { rfc_v2 } from '../versions/rfc-v2.ts';

const { tdp_mmu_map_handle_target_level: unchanged } = rfc_v2.functions;

const kvm_tdp_mmu_map_entry = modelled(
  'kvm_tdp_mmu_map_entry',
  function* (kvm: Kernel, gfn: Gfn, level: Level, goal_level: Level): Steps<EntryAction> {
    const old = yield* mirror_sptep(kvm, gfn, level).read().at('F14');
    const merge = old === 'table' && level === goal_level;
    return { action: merge ? 'map' : yield* decide(old, level, goal_level), old };
  },
);

const tdp_mmu_map_handle_target_level = modelled(
  'tdp_mmu_map_handle_target_level',
  function* (kvm: Kernel, gfn: Gfn, level: Level, old: MirrorEntry): Steps<number> {
    if (old !== 'table') return yield* unchanged(kvm, gfn, level, old);
    if ((yield* set_external_spte_present(kvm, gfn, level)) !== 0) return RET_PF_RETRY;
    throw new TypeError('a table was replaced; expected KVM_BUG_ON to refuse it');
  },
);

/** set_external_spte_present() of an entry that is present: `KVM_BUG_ON(was_present, kvm)`. */
function* set_external_spte_present(kvm: Kernel, gfn: Gfn, level: Level): Steps<number> {
  if (!(yield* kvm.try_freeze_spte(kvm, gfn, level, 'table'))) return -EBUSY;
  const frozen: Frozen = { gfn: gfn_round_for_level(kvm.geometry, gfn, level), level };
  return yield* during(FROZEN, frozen, function* () {
    yield* kvm.kvm_vm_bugged(kvm).at('F17.4');
    yield* mirror_sptep(kvm, gfn, level).write('table').at('F17.3');
    return -EIO;
  });
}

/** Mutation 40: a leaf may take the place of a table in the mirror root (no F14a). */
export const merge_on_mirror: Partial<KernelFunctions> = {
  kvm_tdp_mmu_map_entry,
  tdp_mmu_map_handle_target_level,
};
