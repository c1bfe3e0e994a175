import { type Claim, type Condition, every, holds, invariant } from '../checker/index.ts';
import {
  type Flag,
  has_flag,
  KVM_LPAGE_GUEST_INHIBIT_FLAG,
  KVM_LPAGE_MIXED_FLAG,
} from '../model/disallow-lpage.ts';
import { type Gfn, type Level, PG_LEVEL_1G, PG_LEVEL_2M, region_of } from '../model/gfn.ts';
import { every_2M_range, gfns_in, range_of } from '../model/gfn-range.ts';
import type { Kernel } from '../model/kernel.ts';
import type { MemoryAttribute } from '../model/memory.ts';
import { ghost_inhibit } from '../model/mmu/hugepage-inhibit.ts';
import { withoutWriter } from './entries.ts';

interface Word {
  readonly gfn: Gfn;
  readonly level: Level;
}

/** No flag of a word is lost, and none appears, where several write to it. */
export function words_tell_the_truth(kvm: Kernel): Claim {
  const words: readonly Word[] = [
    ...every_2M_range(kvm.geometry).map(({ start }) => ({ gfn: start, level: PG_LEVEL_2M })),
    { gfn: 0 as Gfn, level: PG_LEVEL_1G },
  ];
  return invariant(
    {
      id: 'P8',
      sentence:
        'While no writer holds mmu_lock and no invalidation is in progress, MIXED is set in a ' +
        'word exactly if the region has both private and shared pages, and GUEST_INHIBIT ' +
        'exactly if an accept step has set it since somebody last set out to clear it.',
      source: 'domain.md 8.1 P8, 1.4; Yan Zhao, 2 Jul 2025: the word is "not updated atomically"',
      blindSpot: 'That somebody clears GUEST_INHIBIT at all: this is T1.',
    },
    words,
    function* ({ gfn, level }) {
      const quiet = withoutWriter(kvm, kvm.mmu_invalidate_in_progress.is('none'));
      if (!(yield* holds(quiet))) return 'vacuous';
      const inhibited = yield* ghost_inhibit(kvm, gfn, level).read();
      if (!(yield* holds(flag_is(kvm, gfn, level, KVM_LPAGE_GUEST_INHIBIT_FLAG, inhibited)))) {
        return false;
      }
      const uniform =
        (yield* holds(all_are(kvm, gfn, level, 'private'))) ||
        (yield* holds(all_are(kvm, gfn, level, 'shared')));
      return yield* holds(flag_is(kvm, gfn, level, KVM_LPAGE_MIXED_FLAG, !uniform));
    },
    ({ gfn, level }) => `the ${level === PG_LEVEL_2M ? '2M' : '1G'} word of gfn ${gfn}`,
  );
}

function flag_is(kvm: Kernel, gfn: Gfn, level: Level, flag: Flag, expected: boolean): Condition {
  const word =
    level === PG_LEVEL_2M
      ? kvm.disallow_lpage_2M.at(region_of(kvm.geometry, gfn))
      : kvm.disallow_lpage_1G;
  return word.satisfies((flags) => has_flag(flags, flag) === expected);
}

function all_are(kvm: Kernel, gfn: Gfn, level: Level, attribute: MemoryAttribute): Condition {
  const pages = gfns_in(range_of(kvm.geometry, gfn, level));
  return every(pages.map((page) => kvm.mem_attr_array.at(page).is(attribute)));
}
