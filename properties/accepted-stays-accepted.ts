import { type Claim, inside, invariant } from '../checker/index.ts';
import { sept_entry } from '../model/entry.ts';
import { every_gfn, PG_LEVEL_2M, PG_LEVEL_4K } from '../model/gfn.ts';
import { range_of } from '../model/gfn-range.ts';
import { ZAPPING } from '../model/host/zapping.ts';
import type { Kernel } from '../model/kernel.ts';
import type { SeptEntry } from '../model/memory.ts';

/** Nobody takes away what the guest has accepted, but who has to. */
export function accepted_stays_accepted(kvm: Kernel): Claim {
  return invariant(
    {
      id: 'P10',
      sentence:
        'A page that the guest has accepted stays accepted, by a leaf of whatever size, until ' +
        'the host zaps this page.',
      source: 'domain.md 8.1 P10, 2.1, 5.4',
      blindSpot: 'The content of the page: a DEMOTE that mixes up pages is not seen.',
    },
    every_gfn(kvm.geometry),
    function* (gfn) {
      if (!(yield* kvm.ghost.accepted.at(gfn).read())) return 'vacuous';
      for (const level of [PG_LEVEL_4K, PG_LEVEL_2M]) {
        const range = range_of(kvm.geometry, gfn, level);
        if ((yield* inside(ZAPPING, { start: range.start, end: range.end })) > 0) return 'vacuous';
      }
      if (yield* sept_entry(kvm, gfn, PG_LEVEL_2M).test(is_accepted)) return true;
      return yield* sept_entry(kvm, gfn, PG_LEVEL_4K).test(is_accepted);
    },
    (gfn) => `gfn ${gfn}`,
  );
}

/** Accepted, though the guest may have to wait for the end of a block. */
function is_accepted(entry: SeptEntry): boolean {
  return entry === 'MAPPED' || entry === 'BLOCKED';
}
