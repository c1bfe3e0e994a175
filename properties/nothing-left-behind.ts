import { assertionClaim, type Claim, holds, inside, invariant } from '../checker/index.ts';
import { is_blocked_leaf, mirror_sptep, sept_entry } from '../model/entry.ts';
import type { Kernel } from '../model/kernel.ts';
import type { SeptEntry } from '../model/memory.ts';
import { FROZEN } from '../model/mmu/tdp-mmu-set-spte-atomic.ts';
import { every_place, showPlace, withoutWriter } from './entries.ts';

/** What a thread takes for a moment it gives back. */
export function nothing_left_behind(kvm: Kernel): readonly Claim[] {
  return [no_stuck_block(kvm), no_stray_frozen(kvm), words_exist_and_tables_are_freed()];
}

function no_stuck_block(kvm: Kernel): Claim {
  return invariant(
    {
      id: 'P11',
      sentence: 'While no writer holds mmu_lock, no entry of the S-EPT is blocked.',
      source: 'domain.md 8.1 P11, 4.4',
      blindSpot: 'A block that is undone too early, within one hold of the write lock.',
    },
    every_place(kvm),
    function* ({ gfn, level }) {
      if (!(yield* holds(withoutWriter(kvm)))) return 'vacuous';
      return yield* sept_entry(kvm, gfn, level).test((entry) => !is_blocked(entry));
    },
    showPlace,
  );
}

function is_blocked(entry: SeptEntry): boolean {
  return is_blocked_leaf(entry) || entry === 'NL_BLOCKED';
}

function no_stray_frozen(kvm: Kernel): Claim {
  return invariant(
    {
      id: 'P12',
      sentence: 'Behind every FROZEN entry is a thread that froze it and is about to store it.',
      source: 'domain.md 8.1 P12, 3.4 F17',
      blindSpot:
        'Two threads that own the same entry: the damage they do is the subject of P2, P5.',
    },
    every_place(kvm),
    function* (place) {
      const frozen = mirror_sptep(kvm, place.gfn, place.level).is('FROZEN');
      if (!(yield* holds(frozen))) return 'vacuous';
      const owners = yield* inside(FROZEN, { gfn: place.gfn, level: place.level });
      return owners > 0;
    },
    showPlace,
  );
}

function words_exist_and_tables_are_freed(): Claim {
  return assertionClaim({
    id: 'P13',
    sentence:
      'No access to a disallow_lpage word that does not exist or is freed, and every page table ' +
      'that is allocated for a split is linked or freed.',
    source: 'domain.md 8.1 P13, 4.1 S7',
    blindSpot: 'Words of a slot that was created again in the meantime.',
  });
}
