import { below, keyOf, type Point } from './lattice.ts';

/** How many states a scope has, for certain or by what smaller ones have. */
export interface Estimate {
  readonly low: number;
  readonly high: number;
  readonly isMeasured: boolean;
}

/** Sizes of scopes that were searched to their end, by `keyOf` their points. */
export type Measured = ReadonlyMap<string, number>;

/**
 * What smaller scopes say of a bigger one. Growth is taken for geometric: a step in one parameter
 * multiplies the states by as much as it does one step further down in another, or in the same one.
 * Each pair of parameters says something else, and the range is from the least to the most of it.
 * Where scopes were measured that the rule speaks of too, it is as much wider as the rule was wrong
 * there, at its worst. If there are none, it goes from no growth at all to twice as many steps of
 * it.
 *
 * @returns nothing if no pair of parameters says anything
 */
export function extrapolate(point: Point, measured: Measured): Estimate | undefined {
  const known = measured.get(keyOf(point));
  if (known !== undefined) return { low: known, high: known, isMeasured: true };
  const rule = new Rule(measured);
  const range = rule.rangeOf(point);
  if (range === undefined) return undefined;
  const errors = errorsOf(measured);
  const growth = range.high - rule.floorOf(point);
  const { less, more } = errors.samples > 0 ? errors : { less: growth, more: growth };
  return {
    low: Math.round(2 ** (range.low - less)),
    high: Math.round(2 ** (range.high + more)),
    isMeasured: false,
  };
}

/** By how much the rule was wrong where that is known: binary logarithms, never below 0. */
export function errorsOf(measured: Measured): {
  readonly less: number;
  readonly more: number;
  /** In how many scopes that is known. */
  readonly samples: number;
} {
  let [less, more, samples] = [0, 0, 0];
  for (const [key, states] of measured) {
    const point = key.split(',').map(Number);
    const range = new Rule(measured, key).rangeOf(point);
    if (range === undefined) continue;
    samples++;
    less = Math.max(less, range.low - Math.log2(states));
    more = Math.max(more, Math.log2(states) - range.high);
  }
  return { less, more, samples };
}

/** Binary logarithms. */
interface Range {
  readonly low: number;
  readonly high: number;
}

/** The rule, for one set of measured scopes; one of them may be taken for unknown. */
class Rule {
  private readonly measured: Measured;
  private readonly unknown: string | undefined;
  private readonly ranges = new Map<string, Range | undefined>();

  constructor(measured: Measured, unknown?: string) {
    this.measured = measured;
    this.unknown = unknown;
  }

  rangeOf(point: Point): Range | undefined {
    const key = keyOf(point);
    const states = key === this.unknown ? undefined : this.measured.get(key);
    if (states !== undefined) return { low: Math.log2(states), high: Math.log2(states) };
    if (!this.ranges.has(key)) this.ranges.set(key, this.guess(point));
    return this.ranges.get(key);
  }

  /** The least that a point has: what its neighbours have. */
  floorOf(point: Point): number {
    const known = point.flatMap((_, i) => {
      const at = below(point, i);
      return (at && this.rangeOf(at)?.low) ?? [];
    });
    return Math.max(0, ...known);
  }

  private guess(point: Point): Range | undefined {
    const all = point.flatMap((_, one) =>
      point.slice(one).flatMap((_, i) => this.saidBy(point, one, one + i) ?? []),
    );
    if (all.length === 0) return undefined;
    // What is guessed from guesses is worth less than any measurement.
    const measured = all.filter(({ low, high }) => low === high);
    const said = measured.length > 0 ? measured : all;
    return {
      low: Math.min(...said.map(({ low }) => low)),
      high: Math.max(...said.map(({ high }) => high)),
    };
  }

  /** What a pair of dimensions says: the two neighbours, over what they have in common. */
  private saidBy(point: Point, one: number, other: number): Range | undefined {
    const [left, right] = [below(point, one), below(point, other)];
    const both = left && below(left, other);
    if (left === undefined || right === undefined || both === undefined) return undefined;
    const [a, b, c] = [left, right, both].map((at) => this.rangeOf(at));
    if (a === undefined || b === undefined || c === undefined) return undefined;
    // What is smaller has no more states.
    const floor = Math.max(a.low, b.low);
    const low = Math.max(floor, a.low + b.low - c.high);
    return { low, high: Math.max(low, a.high + b.high - c.low) };
  }
}
