import { type Claim, every, holds, invariant } from '../checker/index.ts';
import { region_of } from '../model/gfn.ts';
import type { Kernel } from '../model/kernel.ts';
import { forbids, places_2M, showPlace, withoutWriter } from './entries.ts';

/**
 * MONO, which the loop over the words relies on where it can start at 1G. In a base tree where it
 * cannot, nothing follows from the 1G word and the claim says nothing.
 */
export function words_are_monotonic(kvm: Kernel, starts_at_1G: boolean): Claim {
  return invariant(
    {
      id: 'P7',
      sentence:
        'Where the level loop can start at 1G: while no writer holds mmu_lock, a 2M word that ' +
        'forbids leaves implies a 1G word that does.',
      source: 'domain.md 8.1 P7, 1.5 (MONO)',
      blindSpot: 'A reader without mmu_lock that sees the two stores in between.',
    },
    places_2M(kvm),
    function* ({ gfn }) {
      if (!starts_at_1G) return 'vacuous';
      const word_2M = kvm.disallow_lpage_2M.at(region_of(kvm.geometry, gfn));
      if (!(yield* holds(withoutWriter(kvm, word_2M.satisfies(forbids))))) return 'vacuous';
      return yield* holds(every([kvm.disallow_lpage_1G.satisfies(forbids)]));
    },
    showPlace,
  );
}
