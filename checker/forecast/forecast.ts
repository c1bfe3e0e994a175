import { type CheckListener, checkScope } from '../check/check.ts';
import type { ScopeResult } from '../check/result.ts';
import type { SymmetryUse } from '../engine/engine.ts';
import type { Model } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import { ParameterError, type Scope } from '../language/parameter.ts';
import { type Estimate, errorsOf, extrapolate } from './extrapolate.ts';
import { below, keyOf, Lattice, type Point } from './lattice.ts';
import { type Multiplier, multipliersOf } from './multipliers.ts';

/** What smaller scopes say of one that was not searched, or not to its end. */
export interface Forecast {
  readonly scope: Scope;
  /** Absent if too few smaller scopes could be searched. */
  readonly states?: Estimate;
  /**
   * By how much the rule was wrong, at its worst, in scopes that were searched: a factor; absent if
   * there are too few to tell.
   */
  readonly wrongBy?: number;
  /** What one step less in each parameter would have. */
  readonly smaller: readonly { readonly flag: string; readonly states?: Estimate }[];
  /** The scopes that were searched for this, smallest first. */
  readonly searched: readonly { readonly scope: Scope; readonly states: number }[];
  /** What symmetry saves in one of these: states without it, and with it. */
  readonly symmetry?: { readonly scope: Scope; readonly without: number; readonly with: number };
  /** What multiplies the states of one of these, most first. */
  readonly multipliers?: {
    readonly scope: Scope;
    readonly states: number;
    readonly by: readonly Multiplier[];
  };
}

/** What a forecast may cost. */
export interface ForecastBudget {
  /** For all smaller scopes together. */
  readonly states: number;
  readonly durationMsMax?: number;
  /** For each scope. */
  readonly memoryBytesMax?: number;
}

/** States of a scope that is taken apart: each is looked at once for each of its parts. */
const APART_MAX = 30_000;
/** Of the budget, what one scope may take. */
const SHARE = 2;
const SCOPES_MAX = 40;

/**
 * Searches scopes that are smaller than one, smallest first, and says how big that one will be.
 * Limits of states make it the same each time; a limit of time does not.
 *
 * @throws ModelError if the model is at fault
 */
export function forecast(
  model: Model,
  scope: Scope,
  budget: ForecastBudget,
  symmetry: SymmetryUse = 'verified',
  listener?: CheckListener,
): Forecast {
  const search = new SmallSearches(model, budget, symmetry, listener);
  const whole = new Lattice(model.parameters, scope);
  const lattice = new Lattice(model.parameters, scope, idle(whole, search));
  const sizes = new Map<string, number>();
  const searched: { scope: Scope; states: number }[] = [];
  for (const point of lattice.points().filter((one) => keyOf(one) !== keyOf(lattice.top))) {
    const expected = extrapolate(point, sizes);
    if (expected !== undefined && expected.low > search.share) continue;
    const states = search.sizeOf(lattice.scopeAt(point));
    if (states === undefined) continue;
    sizes.set(keyOf(point), states);
    searched.push({ scope: lattice.scopeAt(point), states });
  }
  const smaller = lattice.dimensions.map((_, i) => extrapolate(below(lattice.top, i)!, sizes));
  const states = atLeast(extrapolate(lattice.top, sizes), smaller);
  const { less, more, samples } = errorsOf(sizes);
  const apart = searched
    .filter((one) => one.states <= APART_MAX)
    .sort((one, other) => one.states - other.states)
    .at(-1);
  const saved = apart && search.withoutSymmetry(apart.scope);
  return {
    scope,
    ...(states === undefined ? {} : { states }),
    ...(samples === 0 ? {} : { wrongBy: 2 ** Math.max(less, more) }),
    smaller: lattice.dimensions.map(({ smaller: flag }, i) => {
      const guess = atMost(smaller[i], states);
      return { flag, ...(guess === undefined ? {} : { states: guess }) };
    }),
    searched,
    ...(apart === undefined || saved === undefined || symmetry === 'off'
      ? {}
      : { symmetry: { scope: apart.scope, without: saved, with: apart.states } }),
    ...(apart === undefined
      ? {}
      : { multipliers: { scope: apart.scope, ...multipliersOf(model, apart.scope) } }),
  };
}

/** A scope has at least the states of one that is smaller. */
function atLeast(
  guess: Estimate | undefined,
  smaller: readonly (Estimate | undefined)[],
): Estimate | undefined {
  if (guess === undefined || guess.isMeasured) return guess;
  const floor = Math.max(...smaller.map((one) => one?.low ?? 0));
  return { ...guess, low: Math.max(guess.low, floor), high: Math.max(guess.high, floor) };
}

/** And at most those of one that is bigger. */
function atMost(guess: Estimate | undefined, bigger: Estimate | undefined): Estimate | undefined {
  if (guess === undefined || guess.isMeasured || bigger === undefined) return guess;
  return { ...guess, high: Math.min(guess.high, bigger.high) };
}

/** The numbers that decide nothing here: with all words, and the rest as small as it can be. */
function idle(lattice: Lattice, search: SmallSearches): readonly string[] {
  const isWord = lattice.dimensions.map(({ values }) => values[0] === '');
  const base: Point = isWord.map((word) => (word ? 1 : 0));
  const size = search.sizeOf(lattice.scopeAt(base));
  if (size === undefined) return [];
  return lattice.dimensions.flatMap(({ parameter }, i) => {
    if (isWord[i]) return [];
    return search.sizeOf(lattice.scopeAt(base.with(i, 1))) === size ? [parameter] : [];
  });
}

/** Searches within a budget, each scope once. */
class SmallSearches {
  private readonly sizes = new Map<string, number | undefined>();
  private readonly started = performance.now();
  private readonly model: Model;
  private readonly budget: ForecastBudget;
  private readonly symmetry: SymmetryUse;
  private readonly listener: CheckListener | undefined;
  private left: number;
  private isOver = false;

  constructor(
    model: Model,
    budget: ForecastBudget,
    symmetry: SymmetryUse,
    listener: CheckListener | undefined,
  ) {
    this.model = model;
    this.budget = budget;
    // Where no two threads are interchangeable in a smaller scope, that is no fault.
    this.symmetry = symmetry === 'off' ? 'off' : 'verified';
    this.listener = listener;
    this.left = budget.states;
  }

  /** How many states one scope may have. */
  get share(): number {
    return Math.floor(this.left / SHARE);
  }

  /** The number of states; nothing if it is too big, fails a claim, or is no scope of the model. */
  sizeOf(scope: Scope): number | undefined {
    const key = JSON.stringify(Object.entries(scope).sort());
    if (!this.sizes.has(key)) this.sizes.set(key, this.search(scope, this.symmetry));
    return this.sizes.get(key);
  }

  withoutSymmetry(scope: Scope): number | undefined {
    return this.search(scope, 'off');
  }

  private search(scope: Scope, symmetry: SymmetryUse): number | undefined {
    if (this.sizes.size >= SCOPES_MAX || this.share < 1 || this.isOver) return undefined;
    const result = this.check(scope, symmetry);
    if (result === undefined) return undefined;
    this.left -= result.states;
    if (result.stopped === 'interrupt' || result.stopped === 'time') this.isOver = true;
    return result.verdict === 'EXHAUSTED' ? result.states : undefined;
  }

  private check(scope: Scope, symmetry: SymmetryUse): ScopeResult | undefined {
    const { durationMsMax, memoryBytesMax } = this.budget;
    const time =
      durationMsMax === undefined
        ? {}
        : { durationMsMax: Math.max(1, durationMsMax - (performance.now() - this.started)) };
    const options = {
      ...({ engine: 'compiled', keepGoing: true, symmetry } as const),
      limits: {
        statesMax: this.share,
        ...time,
        ...(memoryBytesMax === undefined ? {} : { memoryBytesMax }),
      },
    };
    try {
      return checkScope(this.model, scope, options, this.listener);
    } catch (error) {
      // Not every combination of parameters is a scope.
      if (error instanceof ModelError || error instanceof ParameterError) return undefined;
      throw error;
    }
  }
}
