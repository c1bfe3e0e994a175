import { type Claim, every, holds, whileInside } from '../checker/index.ts';
import { PG_LEVEL_2M, region_of } from '../model/gfn.ts';
import { text_covers } from '../model/gfn-range.ts';
import type { Kernel } from '../model/kernel.ts';
import { MAPPING, type Mapping } from '../model/mmu/kvm-tdp-mmu-map.ts';
import { forbids } from './entries.ts';

/** What holds of a thread between its decision on a goal level (F13) and the end of its walk. */
export function mapper_in_flight(kvm: Kernel, invalidations: boolean): readonly Claim[] {
  return [goal_level_is_allowed(kvm), snapshot_is_current(kvm, invalidations)];
}

function goal_level_is_allowed(kvm: Kernel): Claim {
  return whileInside<Mapping>(
    {
      id: 'P3',
      sentence:
        'No thread that walks the mirror root under the read lock aims at a 2M leaf while the 2M ' +
        'word forbids one.',
      source: "domain.md 8.1 P3; Yan Zhao, 1 Jul 2025: else others 'may map at a stale 2MB level'",
      blindSpot: 'A goal level that is too small: it costs performance, not safety.',
    },
    MAPPING,
    function* ({ gfn, goal_level }) {
      if (goal_level < PG_LEVEL_2M) return 'vacuous';
      const word = kvm.disallow_lpage_2M.at(region_of(kvm.geometry, gfn));
      return yield* word.test((flags) => !forbids(flags));
    },
  );
}

function snapshot_is_current(kvm: Kernel, invalidations: boolean): Claim {
  return whileInside<Mapping>(
    {
      id: 'P9',
      sentence:
        'No thread walks the mirror root to map a gfn while an invalidation covers the gfn, or ' +
        'after one has ended since the thread took its snapshot (F4). This is as much of P9 (no ' +
        'leaf over memory of another kind) as a zap alone can break.',
      source: 'domain.md 8.1 P9, 3.4 F12, 5.2',
      blindSpot:
        'Attributes and conversions: nothing in this model is shared or mixed. It trusts the two ' +
        'variables that F12 reads: an invalidation that forgets to set them is not seen.',
    },
    MAPPING,
    function* ({ vcpu, gfn }) {
      const thread = kvm.vcpus[vcpu];
      if (!invalidations || thread === undefined) return 'vacuous';
      const uncovered = kvm.mmu_invalidate_in_progress.satisfies(
        (range) => range === 'none' || !text_covers(range, gfn),
      );
      return yield* holds(every([uncovered, thread.fault_snapshot.isNot('stale')]));
    },
  );
}
