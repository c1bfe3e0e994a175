import { assert, type Plain, type Steps, type Variable } from '../../checker/index.ts';
import type { DisallowLpage } from '../disallow-lpage.ts';
import { type Gfn, type Level, PG_LEVEL_1G, PG_LEVEL_2M, region_of } from '../gfn.ts';
import type { Memory } from '../memory.ts';

/**
 * lpage_info_slot(): the word of `level` that covers `gfn`. There is none for 4K (domain.md 1.1).
 */
export function* lpage_info_slot(
  kvm: Memory,
  gfn: Gfn,
  level: Level,
): Steps<Variable<DisallowLpage>> {
  const exists = level === PG_LEVEL_2M || level === PG_LEVEL_1G;
  yield* assert(exists, `there is no disallow_lpage word of level ${level}`, 'P13');
  return level === PG_LEVEL_2M
    ? kvm.disallow_lpage_2M.at(region_of(kvm.geometry, gfn))
    : kvm.disallow_lpage_1G;
}

/** What was read from a word, which has to be one of a slot that is not freed. */
export function* not_freed<T>(value: T | 'freed'): Steps<T> {
  if (value !== 'freed') return value;
  yield* assert(false, 'the slot of this disallow_lpage word is freed', 'P13');
  throw new TypeError('a word that is freed was used');
}

/** `f` of the flags of a word. */
export function of_flags<T extends Plain>(
  f: (flags: DisallowLpage) => T,
): (word: DisallowLpage) => T | 'freed' {
  return (word) => (word === 'freed' ? word : f(word));
}
