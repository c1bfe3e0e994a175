import { type Claim, every, holds, invariant } from '../checker/index.ts';
import { is_sept_leaf, mirror_sptep, sept_entry } from '../model/entry.ts';
import { gfns_in, range_of } from '../model/gfn-range.ts';
import type { Kernel } from '../model/kernel.ts';
import { every_place, showPlace } from './entries.ts';
import { killed_by_module } from './injected-failures.ts';

/** Where memory is converted: what is mapped privately is private, all of it. */
export function leaves_are_private(kvm: Kernel): Claim {
  return invariant(
    {
      id: 'P9-leaf',
      sentence:
        'No leaf, neither in the mirror root nor in the S-EPT, covers a gfn that is shared. So ' +
        'none of 2M covers a mixed region.',
      source: 'domain.md 8.1 P9, 5.1',
      blindSpot: 'Shared mappings: the direct root is not modelled.',
    },
    every_place(kvm),
    function* ({ gfn, level }) {
      const killed = killed_by_module(kvm);
      if (killed !== undefined && (yield* holds(killed))) return 'vacuous';
      const pages = gfns_in(range_of(kvm.geometry, gfn, level));
      const all_private = every(pages.map((page) => kvm.mem_attr_array.at(page).is('private')));
      if (yield* holds(all_private)) return 'vacuous';
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
