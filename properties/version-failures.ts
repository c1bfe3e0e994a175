import { checkLiveness, checkScope, type ScopeResult } from '../checker/index.ts';
import type { KvmScope } from '../model/parameters.ts';
import type { Failures } from './expected-failures.ts';
import model from './index.ts';

const OPTIONS = { engine: 'compiled', limits: {}, keepGoing: true } as const;

export function check(scope: KvmScope, of = model): ScopeResult {
  return checkScope(of, scope, OPTIONS);
}

/** Judges the claims over infinite runs. */
export function checkForEver(scope: KvmScope, of = model): ScopeResult {
  return checkLiveness(of, scope, OPTIONS);
}

export function failures({ claims }: ScopeResult): Failures {
  return Object.fromEntries(
    claims.flatMap(({ id, counterexample }) =>
      counterexample === undefined ? [] : [[id, counterexample.steps.length]],
    ),
  );
}
