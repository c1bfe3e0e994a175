import { atomic, every, holds, modelled, type Steps } from '../../checker/index.ts';
import type { Gfn } from '../gfn.ts';
import { gfns_in } from '../gfn-range.ts';
import type { GfnRange, Kernel } from '../kernel.ts';
import type { MemoryAttribute } from '../memory.ts';
import { zapping } from './zapping.ts';

const NOTHING: GfnRange = { start: 0 as Gfn, end: 0 as Gfn };

/**
 * kvm_vm_set_mem_attributes() for KVM_SET_MEMORY_ATTRIBUTES, of a range inside one 2M region
 * (domain.md 5.1, H1 to H4). `slots_lock` is held all the time; no other thread of the model wants
 * it.
 *
 * @returns 0, or -ENOMEM of the split in H2, after which the attributes are what they were. What is
 *   positive there asks for a flush
 */
export const kvm_vm_set_mem_attributes = modelled(
  'kvm_vm_set_mem_attributes',
  function* (kvm: Kernel, range: GfnRange, attribute: MemoryAttribute): Steps<number> {
    const attributes = gfns_in(range).map((gfn) => kvm.mem_attr_array.at(gfn));
    const done = yield* holds(every(attributes.map((old) => old.is(attribute)))).at('H1');
    if (done) return 0;

    const zapped = attribute === 'shared' ? range : NOTHING;
    const err = yield* zapping(kvm, zapped, 'H2', function* () {
      return yield* kvm.kvm_arch_pre_set_memory_attributes(kvm, range, attribute);
    });
    if (err < 0) {
      yield* atomic(() => kvm.mmu_lock.write(() => end_of_invalidation(kvm)));
      return err;
    }
    for (const old of attributes) yield* old.write(attribute).at('H3');

    yield* kvm.mmu_lock.write(
      function* () {
        yield* kvm.kvm_arch_post_set_memory_attributes(kvm, range, attribute).at('H4');
        yield* end_of_invalidation(kvm);
      },
      { acquire: 'H4', release: 'H4' },
    );
    return 0;
  },
);

function* end_of_invalidation(kvm: Kernel): Steps<void> {
  yield* atomic(function* () {
    yield* kvm.kvm_mmu_invalidate_end(kvm).at('H4');
  });
}
