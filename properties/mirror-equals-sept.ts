import { type Claim, holds, invariant } from '../checker/index.ts';
import { is_sept_leaf, mirror_sptep, sept_entry } from '../model/entry.ts';
import type { Kernel } from '../model/kernel.ts';
import type { MirrorEntry, SeptEntry } from '../model/memory.ts';
import { every_place, showPlace, withoutWriter } from './entries.ts';

/** What KVM believes of the S-EPT is true. */
export function mirror_equals_sept(kvm: Kernel): Claim {
  return invariant(
    {
      id: 'P2',
      sentence:
        'While no writer holds mmu_lock, a mirror entry that is not FROZEN and the S-EPT entry ' +
        'of the same place are both nothing, both a leaf or both a table.',
      source: 'domain.md 8.1 P2',
      blindSpot: 'Which page a leaf maps: an entry of the model has no pfn.',
    },
    every_place(kvm),
    function* ({ gfn, level }) {
      const sptep = mirror_sptep(kvm, gfn, level);
      const settled = withoutWriter(kvm, sptep.isNot('FROZEN'));
      if (!(yield* holds(settled))) return 'vacuous';
      const mirror = yield* sptep.read();
      return yield* sept_entry(kvm, gfn, level).test((sept) => mirror_of(sept) === mirror);
    },
    showPlace,
  );
}

/** What the mirror should say of an S-EPT entry. */
function mirror_of(sept: SeptEntry): MirrorEntry {
  if (sept === 'FREE') return 'none';
  return is_sept_leaf(sept) ? 'leaf' : 'table';
}
