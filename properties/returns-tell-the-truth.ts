import { type Claim, every, holds, onReturn } from '../checker/index.ts';
import { is_sept_leaf, mirror_sptep, sept_entry } from '../model/entry.ts';
import { PG_LEVEL_2M } from '../model/gfn.ts';
import { holds_region } from '../model/gfn-range.ts';
import type { GfnRange, Kernel } from '../model/kernel.ts';
import { failure_injected, killed_by_module } from './injected-failures.ts';

/** What the helper that splits answers is what it did: `split` of whatever version. */
export function returns_tell_the_truth(
  kvm: Kernel,
  split: Kernel['kvm_split_cross_boundary_leafs'] | Kernel['kvm_tdp_mmu_split_huge_pages'],
): Claim {
  return onReturn(
    {
      id: 'P14',
      sentence:
        'The helper that splits answers with a negative number where a 2M leaf that it was to ' +
        'split is still there, in the mirror root or in the S-EPT, and only if something failed.',
      source: 'domain.md 8.1 P14, 4.3, 4.7',
      blindSpot:
        'What its callers make of a negative number: RFC v2 resumes the guest (Kai Huang, 11 Nov ' +
        '2025), v3 means to tell userspace.',
    },
    split as Kernel['kvm_split_cross_boundary_leafs'],
    function* ([, range]: readonly [Kernel, GfnRange], ret: number) {
      if (holds_region(kvm.geometry, range, PG_LEVEL_2M)) return 'vacuous';
      const killed = killed_by_module(kvm);
      if (killed !== undefined && (yield* holds(killed))) return 'vacuous';
      const is_split = yield* holds(
        every([
          mirror_sptep(kvm, range.start, PG_LEVEL_2M).isNot('leaf'),
          sept_entry(kvm, range.start, PG_LEVEL_2M).satisfies((entry) => !is_sept_leaf(entry)),
        ]),
      );
      return ret < 0 ? yield* holds(failure_injected(kvm)) : is_split;
    },
  );
}
