import { type CheckOptions, checkScope } from '../check/check.ts';
import type { Counterexample } from '../check/result.ts';
import { buildSystem, type Model } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import type { Scope } from '../language/parameter.ts';
import { rewire, sidesIn } from './rewire.ts';
import { drive, type Weakening } from './weakening.ts';
import { weakeningsOf } from './weakenings.ts';

/** What becomes of a model without one thing. */
export interface Explanation {
  readonly weakening: Weakening;
  /**
   * `bearing`: a claim fails. `needed`: the model breaks, as the message says. `idle`: no claim
   * notices in the scopes that were tried.
   */
  readonly outcome:
    | { readonly kind: 'bearing'; readonly scope: Scope; readonly race: Counterexample }
    | { readonly kind: 'needed'; readonly message: string }
    | { readonly kind: 'idle' };
}

/**
 * Takes away one thing at a time from some functions of a model, and checks what is left, in the
 * scopes given until a claim fails. The functions have to be given to threads in records.
 *
 * @param isWanted whether a function is to be weakened
 * @throws ModelError if the model itself is at fault
 */
export function* explain(
  model: Model,
  scopes: readonly Scope[],
  isWanted: (functionName: string) => boolean,
  options: CheckOptions,
): Generator<Explanation> {
  const weakenings = new Map<string, Weakening>();
  for (const scope of scopes) {
    for (const one of weakeningsOf(buildSystem(model, scope), isWanted)) {
      weakenings.set(`${one.functionName} ${one.summary}`, one);
    }
  }
  for (const weakening of weakenings.values()) {
    yield { weakening, outcome: outcomeOf(weakened(model, weakening), scopes, options) };
  }
}

function outcomeOf(
  model: Model,
  scopes: readonly Scope[],
  options: CheckOptions,
): Explanation['outcome'] {
  for (const scope of scopes) {
    try {
      const { claims } = checkScope(model, scope, { ...options, ledger: false });
      const race = claims.flatMap(({ counterexample }) => counterexample ?? [])[0];
      if (race !== undefined) return { kind: 'bearing', scope, race };
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      return { kind: 'needed', message: error.message };
    }
  }
  return { kind: 'idle' };
}

/** The model with one thing taken away. */
function weakened(model: Model, { functionName, rule, elsewhere }: Weakening): Model {
  return {
    ...model,
    build: (shared, scope) => {
      const { threads, claims } = model.build(shared, scope);
      const parts = { variables: shared.variables, sides: sidesIn(threads) };
      const system = rewire({ shared, threads, claims: [] }, (name, start) => {
        const own = name === functionName ? () => rule(parts) : elsewhere;
        return own === undefined ? undefined : () => drive(start, own);
      });
      return { threads: system.threads, claims };
    },
  };
}
