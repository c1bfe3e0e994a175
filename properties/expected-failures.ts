import type { KvmScope } from '../model/parameters.ts';
import { memory_may_fail } from './injected-failures.ts';

/** The claims of a version that fail, with the length of a shortest schedule. */
export type Failures = Readonly<Record<string, number>>;

/** What domain.md 6.7 and 10 say of each version, with one vCPU; but for infinite runs. */
export const FAILURES: Readonly<Record<string, Failures>> = {
  baseline: {},
  'rfc-v1': {},
  'rfc-v2': {},
  'rfc-v2-posted': { T5: 23 },
  v3: {},
  'rfc-v5-posted': { P1: 18, P4: 24, P6: 26, P14: 13 },
  'rfc-v5': {},
  'shared-lock': {},
};

/** The claims that fail beside these where an allocation may fail (domain.md 4.3). */
export const OF_MEMORY: Readonly<Record<string, readonly string[]>> = {
  'rfc-v2-posted': ['P14'],
  v3: ['P14'],
};

/** The claims over infinite runs that fail: the versions that are not free of livelock. */
export const FOR_EVER: Readonly<Record<string, readonly string[]>> = {
  baseline: ['L1', 'L2'],
  'rfc-v1': ['L1', 'L2', 'L3'],
};

/** The claims that fail in a scope with one vCPU or more. */
export function expectedIn(scope: KvmScope): readonly string[] {
  const { variant } = scope;
  const everywhere = Object.keys(FAILURES[variant] ?? {});
  return memory_may_fail(scope) ? [...everywhere, ...(OF_MEMORY[variant] ?? [])] : everywhere;
}
