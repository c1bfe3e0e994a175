import { atomic, modelled, type Steps } from '../../checker/index.ts';
import { KVM_LPAGE_GUEST_INHIBIT_FLAG, without_flag } from '../disallow-lpage.ts';
import { type Gfn, PG_LEVEL_2M } from '../gfn.ts';
import * as host from '../host/kvm-vm-set-mem-attributes.ts';
import type { GfnRange, Kernel, KernelFunctions } from '../kernel.ts';
import type { MemoryAttribute } from '../memory.ts';
import { ghost_inhibit } from '../mmu/hugepage-inhibit.ts';
import * as arch from '../mmu/kvm-arch-set-memory-attributes.ts';
import { lpage_info_slot } from '../mmu/lpage-info-slot.ts';

/** What no version has (domain.md 1.4): GUEST_INHIBIT of a 2M word is cleared. */
export const hugepage_clear_guest_inhibit = modelled(
  'hugepage_clear_guest_inhibit',
  function* (kvm: Kernel, gfn: Gfn): Steps<void> {
    const word = yield* lpage_info_slot(kvm, gfn, PG_LEVEL_2M);
    const flags = yield* atomic(function* () {
      const read = yield* word.read();
      yield* ghost_inhibit(kvm, gfn, PG_LEVEL_2M).write(false);
      return read;
    });
    yield* word.write(without_flag(flags, KVM_LPAGE_GUEST_INHIBIT_FLAG));
  },
);

const kvm_arch_pre_set_memory_attributes = modelled(
  'kvm_arch_pre_set_memory_attributes',
  function* (kvm: Kernel, range: GfnRange, attribute: MemoryAttribute): Steps<number> {
    const ret = yield* arch.kvm_arch_pre_set_memory_attributes(kvm, range, attribute);
    if (ret === 0 && attribute === 'shared') {
      yield* hugepage_clear_guest_inhibit(kvm, range.start).at('H2');
    }
    return ret;
  },
);

/** Mutation 19: converting to shared clears GUEST_INHIBIT under the write lock, after the zap. */
export const clear_when_shared: Partial<KernelFunctions> = { kvm_arch_pre_set_memory_attributes };

const kvm_vm_set_mem_attributes = modelled(
  'kvm_vm_set_mem_attributes',
  function* (kvm: Kernel, range: GfnRange, attribute: MemoryAttribute): Steps<number> {
    const ret = yield* host.kvm_vm_set_mem_attributes(kvm, range, attribute);
    if (ret === 0 && attribute === 'shared') yield* hugepage_clear_guest_inhibit(kvm, range.start);
    return ret;
  },
);

/** Mutation 21: converting to shared clears GUEST_INHIBIT without a lock. */
export const clear_without_lock: Partial<KernelFunctions> = { kvm_vm_set_mem_attributes };
