import { type CheckOptions, checkScope } from '../check/check.ts';
import type { Counterexample } from '../check/result.ts';
import { buildSystem, type Model } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import type { Scope } from '../language/parameter.ts';
import type { Listing } from './listing.ts';
import { rewire, sidesIn } from './rewire.ts';
import { drive, type Weakening } from './weakening.ts';
import { type Findings, weakeningsOf } from './weakenings.ts';

/** What becomes of a model without one thing. */
export interface Explanation {
  readonly weakening: Weakening;
  readonly outcome: Bearing | Needed | Idle;
}

/** A claim fails. */
export interface Bearing {
  readonly kind: 'bearing';
  readonly scope: Scope;
  readonly race: Counterexample;
  /** What a thread can do on its own, where `race` is between threads. */
  readonly alone?: Counterexample;
}

/** The model breaks, as the message says. */
export interface Needed {
  readonly kind: 'needed';
  readonly message: string;
}

/** No claim notices in the scopes that were tried. */
export interface Idle {
  readonly kind: 'idle';
}

/**
 * What can be taken away from some functions of a model, in any of the scopes. The functions have
 * to be given to threads in records.
 *
 * @param isWanted whether a function is to be weakened
 * @throws ModelError if the model itself is at fault
 */
export function findWeakenings(
  model: Model,
  scopes: readonly Scope[],
  isWanted: (functionName: string) => boolean,
): Findings {
  const weakenings = new Map<string, Weakening>();
  const listings = new Map<string, Listing>();
  for (const scope of scopes) {
    const found = weakeningsOf(buildSystem(model, scope), isWanted);
    for (const one of found.weakenings) {
      weakenings.set(`${one.functionName} ${one.summary}`, one);
    }
    for (const [name, listing] of found.listings) {
      const known = listings.get(name);
      if (known === undefined) listings.set(name, listing);
      else known.add(listing);
    }
  }
  return { weakenings: [...weakenings.values()], listings };
}

/**
 * Takes away one thing at a time, and checks what is left in the scopes given. The first claim
 * that fails is told; of a lock, an order or a bit, which are there for the sake of other threads,
 * rather another one that fails between threads, if there is one.
 */
export function* explain(
  model: Model,
  scopes: readonly Scope[],
  weakenings: readonly Weakening[],
  options: CheckOptions,
): Generator<Explanation> {
  for (const weakening of weakenings) {
    yield { weakening, outcome: outcomeOf(model, weakening, scopes, options) };
  }
}

function outcomeOf(
  model: Model,
  weakening: Weakening,
  scopes: readonly Scope[],
  options: CheckOptions,
): Explanation['outcome'] {
  const weak = weakened(model, weakening);
  const isForOthers = ['lock', 'order', 'bit'].includes(weakening.kind);
  let first: Bearing | undefined;
  for (const scope of scopes) {
    try {
      // Behind a claim that one thread breaks on its own may be one that takes two.
      const keepGoing = first !== undefined;
      const { claims } = checkScope(weak, scope, { ...options, keepGoing, ledger: false });
      const races = claims
        .flatMap(({ counterexample }) => counterexample ?? [])
        .sort((one, other) => one.steps.length - other.steps.length);
      const alone = first?.race;
      const between = races.find(
        ({ claim, threadSwitches }) => threadSwitches > 0 && claim !== alone?.claim,
      );
      if (between !== undefined) {
        return { kind: 'bearing', scope, race: between, ...(alone === undefined ? {} : { alone }) };
      }
      const [race] = races;
      if (race !== undefined) first ??= { kind: 'bearing', scope, race };
      if (first !== undefined && !isForOthers) return first;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      if (first === undefined) return { kind: 'needed', message: error.message };
    }
  }
  return first ?? { kind: 'idle' };
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
