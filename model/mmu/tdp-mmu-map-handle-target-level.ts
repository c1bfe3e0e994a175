import { modelled, type Steps } from '../../checker/index.ts';
import { RET_PF_FIXED, RET_PF_RETRY } from '../errno.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { MirrorEntry } from '../memory.ts';

/** tdp_mmu_map_handle_target_level() for an entry that is not this leaf yet (domain.md F16). */
export const tdp_mmu_map_handle_target_level = modelled(
  'tdp_mmu_map_handle_target_level',
  function* (kvm: Kernel, gfn: Gfn, level: Level, old: MirrorEntry): Steps<number> {
    const ret = yield* kvm.tdp_mmu_set_spte_atomic(kvm, gfn, level, old, 'leaf');
    return ret === 0 ? RET_PF_FIXED : RET_PF_RETRY;
  },
);
