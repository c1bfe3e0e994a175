import { type Claim, every, holds, invariant } from '../checker/index.ts';
import { mirror_sptep, sept_entry } from '../model/entry.ts';
import type { Kernel } from '../model/kernel.ts';
import { every_place, showPlace } from './entries.ts';

/** What M1 to M3 are for: who could still map is waited for before the zap. */
export function nothing_without_a_slot(kvm: Kernel): Claim {
  return invariant(
    {
      id: 'P9-slot',
      sentence: 'While a gfn has no memslot, nothing maps it, neither mirror root nor S-EPT.',
      source: 'domain.md 8.1 P9, 5.5: zapped, and only then freed',
      blindSpot: 'A leaf that appears between the zap and the end of the slot, and goes away.',
    },
    every_place(kvm),
    function* ({ gfn, level }) {
      if (!(yield* holds(kvm.memslot.is('none')))) return 'vacuous';
      return yield* holds(
        every([mirror_sptep(kvm, gfn, level).is('none'), sept_entry(kvm, gfn, level).is('FREE')]),
      );
    },
    showPlace,
  );
}
