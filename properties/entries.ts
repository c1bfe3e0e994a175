import { type Condition, every } from '../checker/index.ts';
import type { DisallowLpage } from '../model/disallow-lpage.ts';
import {
  every_gfn,
  every_region,
  first_gfn,
  type Gfn,
  type Level,
  PG_LEVEL_2M,
  PG_LEVEL_4K,
} from '../model/gfn.ts';
import type { Kernel } from '../model/kernel.ts';
import { alive_or_to_blame } from './injected-failures.ts';

/** One place of the mirror root and of the S-EPT. */
export interface Place {
  readonly gfn: Gfn;
  readonly level: Level;
}

/** Every 2M entry, by its first gfn. */
export function places_2M({ geometry }: Kernel): readonly Place[] {
  return every_region(geometry).map((region) => ({
    gfn: first_gfn(geometry, region),
    level: PG_LEVEL_2M,
  }));
}

/** Every 2M entry and every 4K entry. */
export function every_place(kvm: Kernel): readonly Place[] {
  const small = every_gfn(kvm.geometry).map((gfn) => ({ gfn, level: PG_LEVEL_4K }));
  return [...places_2M(kvm), ...small];
}

/** How a place is called in reports. */
export function showPlace({ gfn, level }: Place): string {
  return `the ${level === PG_LEVEL_2M ? '2M' : '4K'} entry of gfn ${gfn}`;
}

/** No writer holds mmu_lock, the other conditions hold too, and no error has killed the VM. */
export function withoutWriter(kvm: Kernel, ...conditions: readonly Condition[]): Condition {
  return every([kvm.mmu_lock.hasNoWriter(), ...alive_or_to_blame(kvm), ...conditions]);
}

/** Whether a word forbids leaves of its level, for whatever reason. */
export function forbids(word: DisallowLpage): boolean {
  return word !== '0' && word !== 'freed';
}
