import { atomic, modelled, type Steps } from '../../../checker/index.ts';
import { KVM_LPAGE_GUEST_INHIBIT_FLAG, with_flag } from '../../disallow-lpage.ts';
import type { Gfn, Level } from '../../gfn.ts';
import type { Kernel } from '../../kernel.ts';
import { ghost_inhibit } from '../../mmu/hugepage-inhibit.ts';
import { lpage_info_slot, not_freed, of_flags } from '../../mmu/lpage-info-slot.ts';

/** hugepage_set_guest_inhibit() for several setters at a time: an atomic OR (domain.md 6.6 Z3). */
export const hugepage_set_guest_inhibit = modelled(
  'hugepage_set_guest_inhibit',
  function* (kvm: Kernel, gfn: Gfn, level: Level): Steps<void> {
    const word = yield* lpage_info_slot(kvm, gfn, level);
    yield* atomic(function* () {
      const old = yield* word.fetchUpdate(
        (flags) => with_flag(flags, KVM_LPAGE_GUEST_INHIBIT_FLAG),
        of_flags(() => undefined),
      );
      yield* not_freed(old);
      yield* ghost_inhibit(kvm, gfn, level).write(true);
    });
  },
);
