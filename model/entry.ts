import type { Variable } from '../checker/index.ts';
import { type Gfn, type Level, PG_LEVEL_2M, region_of } from './gfn.ts';
import type { Memory, MirrorEntry, SeptEntry } from './memory.ts';

/** The entry of the mirror root that covers `gfn` at `level`, 4K or 2M: the kernel's `sptep`. */
export function mirror_sptep(kvm: Memory, gfn: Gfn, level: Level): Variable<MirrorEntry> {
  return level === PG_LEVEL_2M
    ? kvm.mirror_2M.at(region_of(kvm.geometry, gfn))
    : kvm.mirror_4K.at(gfn);
}

/** The entry of the secure EPT that covers `gfn` at `level`, 4K or 2M. */
export function sept_entry(kvm: Memory, gfn: Gfn, level: Level): Variable<SeptEntry> {
  return level === PG_LEVEL_2M ? kvm.sept_2M.at(region_of(kvm.geometry, gfn)) : kvm.sept_4K.at(gfn);
}

/** Whether the entry maps memory, blocked or not. */
export function is_sept_leaf(entry: SeptEntry): boolean {
  return is_sept_mapping(entry) || is_blocked_leaf(entry);
}

/** Whether the entry is a leaf whose translation the guest can use or wait for. */
export function is_sept_mapping(entry: SeptEntry): boolean {
  return entry === 'PENDING' || entry === 'MAPPED';
}

/** Whether the entry is a leaf that RANGE.BLOCK has taken from the guest. */
export function is_blocked_leaf(entry: SeptEntry): boolean {
  return entry === 'PENDING_BLOCKED' || entry === 'BLOCKED';
}

/** Whether the TLB epoch of the last BLOCK in the 2M region of `gfn` is over (domain.md 1.7). */
export function tlb_tracked(kvm: Memory, gfn: Gfn): Variable<boolean> {
  return kvm.tlb_tracked.at(region_of(kvm.geometry, gfn));
}
