import { modelled, type Steps } from '../../checker/index.ts';
import { type Gfn, type Level, PG_LEVEL_4K } from '../gfn.ts';
import type { Kernel } from '../kernel.ts';
import type { Vcpu } from '../memory.ts';
import type { Fault } from './fault.ts';
import { lpage_info_slot, not_freed, of_flags } from './lpage-info-slot.ts';

/** kvm_mmu_hugepage_adjust() in the base tree of v1 and v2 (domain.md 3.4, F13): the goal level. */
export const kvm_mmu_hugepage_adjust = modelled(
  'kvm_mmu_hugepage_adjust',
  function* (kvm: Kernel, _vcpu: Vcpu, { gfn }: Fault, max_level: Level): Steps<Level> {
    return yield* kvm.kvm_lpage_info_max_mapping_level(kvm, gfn, max_level);
  },
);

/** The same in the base tree of v3 and v5: TDX caps the level after the loop (domain.md 1.5). */
export const kvm_mmu_hugepage_adjust_with_cap = modelled(
  'kvm_mmu_hugepage_adjust',
  function* (kvm: Kernel, vcpu: Vcpu, fault: Fault, max_level: Level): Steps<Level> {
    const level = yield* kvm.kvm_lpage_info_max_mapping_level(kvm, fault.gfn, max_level);
    return Math.min(level, yield* kvm.tdx_gmem_private_max_mapping_level(kvm, vcpu, fault));
  },
);

/**
 * kvm_lpage_info_max_mapping_level() (domain.md 1.5): from the top down to the first level whose
 * word is 0, whatever lies below.
 */
export const kvm_lpage_info_max_mapping_level = modelled(
  'kvm_lpage_info_max_mapping_level',
  function* (kvm: Kernel, gfn: Gfn, max_level: Level): Steps<Level> {
    for (let level = max_level; level > PG_LEVEL_4K; level--) {
      const word = yield* lpage_info_slot(kvm, gfn, level);
      const is_zero = yield* word.map(of_flags((flags) => flags === '0')).at('F13');
      if (yield* not_freed(is_zero)) return level;
    }
    return PG_LEVEL_4K;
  },
);
