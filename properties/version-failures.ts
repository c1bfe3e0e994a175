import { checkScope, type ScopeResult } from '../checker/index.ts';
import type { KvmScope } from '../model/parameters.ts';
import model from './index.ts';

/** The claims of a version that fail, with the length of a shortest schedule. */
export type Failures = Readonly<Record<string, number>>;

/**
 * What domain.md 6.7 and 10 say of each version, with one vCPU. All that the livelocks of baseline
 * and rfc-v1 break is liveness.
 */
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
const OF_MEMORY: Readonly<Record<string, readonly string[]>> = {
  'rfc-v2-posted': ['P14'],
  v3: ['P14'],
};

/** The claims that fail in a scope with one vCPU or more. */
export function expectedIn({ variant, inject }: KvmScope): readonly string[] {
  const everywhere = Object.keys(FAILURES[variant] ?? {});
  return inject.includes('enomem') ? [...everywhere, ...(OF_MEMORY[variant] ?? [])] : everywhere;
}

export function check(scope: KvmScope, of = model): ScopeResult {
  return checkScope(of, scope, { engine: 'compiled', limits: {}, keepGoing: true });
}

export function failures({ claims }: ScopeResult): Failures {
  return Object.fromEntries(
    claims.flatMap(({ id, counterexample }) =>
      counterexample === undefined ? [] : [[id, counterexample.steps.length]],
    ),
  );
}
