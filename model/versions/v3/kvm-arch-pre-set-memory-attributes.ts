import { modelled, type Steps } from '../../../checker/index.ts';
import type { GfnRange, Kernel } from '../../kernel.ts';
import type { MemoryAttribute } from '../../memory.ts';
import {
  begin_of_conversion,
  kvm_unmap_gfn_range,
} from '../../mmu/kvm-arch-set-memory-attributes.ts';

/**
 * kvm_arch_pre_set_memory_attributes() as posted in v3 15/24: returns on all that is not 0. So a
 * failed split, which is 1 by way of a bool, skips the zap, and the caller takes it for "flush"
 * (domain.md 4.3).
 */
export const kvm_arch_pre_set_memory_attributes = modelled(
  'kvm_arch_pre_set_memory_attributes',
  function* (kvm: Kernel, range: GfnRange, attribute: MemoryAttribute): Steps<number> {
    yield* begin_of_conversion(kvm, range);
    if (attribute === 'private') return 0;

    const ret = yield* kvm.kvm_split_cross_boundary_leafs(kvm, range).at('H2');
    if (ret !== 0) return ret;
    yield* kvm_unmap_gfn_range(kvm, range);
    return 0;
  },
);
