import { modelled, type Steps } from '../../checker/index.ts';
import type { Gfn, Level } from '../gfn.ts';
import type { Kernel, KernelFunctions } from '../kernel.ts';
import { lpage_info_slot } from '../mmu/lpage-info-slot.ts';

const hugepage_test_guest_inhibit = modelled(
  'hugepage_test_guest_inhibit',
  function* (kvm: Kernel, gfn: Gfn, level: Level): Steps<boolean> {
    const word = yield* lpage_info_slot(kvm, gfn, level);
    return yield* word.test((flags) => flags !== '0');
  },
);

/** Mutation 18: the accept step takes any reason against a leaf for the guest's. */
export const test_whole_word: Partial<KernelFunctions> = { hugepage_test_guest_inhibit };
