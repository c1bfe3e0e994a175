import { type Claim, every, holds, invariant } from '../checker/index.ts';
import { has_flag, KVM_LPAGE_GUEST_INHIBIT_FLAG } from '../model/disallow-lpage.ts';
import { is_sept_leaf, mirror_sptep, sept_entry } from '../model/entry.ts';
import { region_of } from '../model/gfn.ts';
import type { Kernel } from '../model/kernel.ts';
import { places_2M, showPlace, withoutWriter } from './entries.ts';

/**
 * INV, on which the whole design rests. Only the 2M words are judged: there is never a private leaf
 * of 1G that a 1G word could forbid. The mappers in flight are the subject of P3.
 */
export function no_leaf_under_inhibit(kvm: Kernel): Claim {
  return invariant(
    {
      id: 'P1',
      sentence:
        'While no writer holds mmu_lock, a 2M region whose GUEST_INHIBIT is set has no 2M leaf, ' +
        'neither in the mirror root nor in the S-EPT.',
      source: 'domain.md 8.1 P1 (INV, 0.3); v2 14/23',
      blindSpot: 'An oversize leaf that appears and goes away within one hold of the write lock.',
    },
    places_2M(kvm),
    function* ({ gfn, level }) {
      const inhibited = kvm.disallow_lpage_2M
        .at(region_of(kvm.geometry, gfn))
        .satisfies((word) => has_flag(word, KVM_LPAGE_GUEST_INHIBIT_FLAG));
      if (!(yield* holds(withoutWriter(kvm, inhibited)))) return 'vacuous';
      return yield* holds(
        every([
          mirror_sptep(kvm, gfn, level).isNot('leaf'),
          sept_entry(kvm, gfn, level).satisfies((entry) => !is_sept_leaf(entry)),
        ]),
      );
    },
    showPlace,
  );
}
