import { atomic, fill, modelled, type Steps } from '../../checker/index.ts';
import type { DisallowLpage } from '../disallow-lpage.ts';
import { type Gfn, PG_LEVEL_1G } from '../gfn.ts';
import { every_2M_range, range_of } from '../gfn-range.ts';
import type { Kernel } from '../kernel.ts';
import { zapping } from './zapping.ts';

/**
 * kvm_set_memslot() that deletes the slot (domain.md 5.5, M1 to M4): a copy that is flagged takes
 * its place, what it maps is zapped, and its words are freed. The copy shares the words, so before
 * that who still finds it has to be waited for as well: the reference has only the first wait, and
 * so would write freed words. `slots_lock` is held, which no other thread of the model wants.
 */
export const kvm_delete_memslot = modelled('kvm_set_memslot', function* (kvm: Kernel): Steps<void> {
  yield* kvm.memslot.write('INVALID').at('M1');
  yield* kvm.synchronize_srcu(kvm).at('M2');

  const all = range_of(kvm.geometry, 0 as Gfn, PG_LEVEL_1G);
  yield* zapping(kvm, all, 'M3', function* () {
    for (const { start } of every_2M_range(kvm.geometry)) {
      yield* kvm.tdp_mmu_zap_region(kvm, start).at('M3');
    }
    return 0;
  });

  yield* kvm.memslot.write('none').at('M4');
  yield* kvm.synchronize_srcu(kvm).at('M4');
  yield* set_words(kvm, 'freed');
});

/**
 * kvm_set_memslot() that creates it again, with new words: kvm_alloc_memslot_metadata() of a slot
 * that is aligned and has nothing shared in it (domain.md 5.5).
 */
export const kvm_create_memslot = modelled('kvm_set_memslot', function* (kvm: Kernel): Steps<void> {
  yield* set_words(kvm, '0');
  yield* kvm.memslot.write('valid');
});

/** All words of the slot, and what is known of them, in one step: nobody else may look at them. */
function* set_words(kvm: Kernel, value: DisallowLpage): Steps<void> {
  const { inhibit_2M, inhibit_1G, accept_steps_2M, accept_steps_1G } = kvm.ghost;
  yield* atomic(function* () {
    yield* fill([...kvm.disallow_lpage_2M, kvm.disallow_lpage_1G], value).at('M4');
    for (const inhibit of [...inhibit_2M, inhibit_1G]) yield* inhibit.write(false);
    for (const steps of [...accept_steps_2M, accept_steps_1G]) yield* steps.write(0);
  });
}
