import { type Claim, onReturn } from '../checker/index.ts';
import type { Kernel } from '../model/kernel.ts';

/** TDX cannot split under the read lock, so nobody may ask for it. */
export function no_split_under_read_lock(kvm: Kernel): Claim {
  return onReturn(
    {
      id: 'P4',
      sentence: 'The fault path never asks to split a mirror leaf under the read lock (F15).',
      source: 'domain.md 8.1 P4, 4.5; v2 11/23',
      blindSpot: 'Other inputs of the level that can shrink under a leaf: folios, attributes.',
    },
    kvm.kvm_tdp_mmu_map_entry,
    function* (_args, { action }) {
      return action !== 'split';
    },
  );
}
