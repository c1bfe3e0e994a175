import { checkScope, type ScopeResult } from '../checker/index.ts';
import type { KvmScope } from '../model/parameters.ts';
import type { Failures } from './expected-failures.ts';
import model from './index.ts';

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
