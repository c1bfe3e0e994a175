import type { Term } from '../language/operation.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';

/** One of these conditions holds. */
export type AnyOf = readonly Term[];

/**
 * What is known on the way through an atomic block, all of it about the values before the step: no
 * operation moves a value from one variable to another, so what a variable holds now is a function
 * of what it held then.
 */
export class Known {
  /** The values that a variable may have had before; all if absent. */
  readonly before: ReadonlyMap<Variable<Scalar>, readonly boolean[]>;
  /** Each holds, besides `before`. */
  readonly clauses: readonly AnyOf[];
  /** The value index now, for each index before; the same if absent. */
  readonly now: ReadonlyMap<Variable<Scalar>, readonly number[]>;

  constructor(
    before: Known['before'] = new Map(),
    clauses: Known['clauses'] = [],
    now: Known['now'] = new Map(),
  ) {
    this.before = before;
    this.clauses = clauses;
    this.now = now;
  }

  /** The value index that `variable` has now, for each index that it may have had before. */
  values(variable: Variable<Scalar>): readonly number[] {
    return this.now.get(variable) ?? variable.domain.map((_, index) => index);
  }

  /** The same with `variable` changed: `next[v]` for value index `v`. */
  changed(variable: Variable<Scalar>, next: (value: number) => number): Known {
    const may = this.before.get(variable);
    const values = this.values(variable).map((value, index) =>
      may?.[index] === false ? value : next(value),
    );
    return new Known(this.before, this.clauses, new Map(this.now).set(variable, values));
  }

  /** The same, and each of `terms` holds now; nothing if that cannot be. */
  withEvery(terms: readonly Term[]): Known | undefined {
    const before = new Map(this.before);
    for (const term of terms.map((term) => this.asBefore(term))) {
      if (!narrow(before, term)) return undefined;
    }
    return settle(before, this.clauses, this.now);
  }

  /** The same, and some of `terms` holds now; nothing if that cannot be. */
  withSome(terms: readonly Term[]): Known | undefined {
    const clause = terms.map((term) => this.asBefore(term));
    return settle(new Map(this.before), [...this.clauses, clause], this.now);
  }

  private asBefore({ variable, accepts }: Term): Term {
    return { variable, accepts: this.values(variable).map((value) => accepts[value] === true) };
  }
}

/** Takes back a condition. */
export function negated({ variable, accepts }: Term): Term {
  return { variable, accepts: accepts.map((accepted) => !accepted) };
}

type Before = Map<Variable<Scalar>, readonly boolean[]>;

/** Leaves out the values that `term` does not accept; answers whether some are left. */
function narrow(before: Before, { variable, accepts }: Term): boolean {
  const left = before.get(variable)?.map((may, value) => may && accepts[value]!) ?? accepts;
  before.set(variable, left);
  return left.includes(true);
}

/** Drops what is certain from the clauses, and moves into `before` what stands alone in one. */
function settle(before: Before, clauses: readonly AnyOf[], now: Known['now']): Known | undefined {
  let open = clauses;
  for (;;) {
    const rest: AnyOf[] = [];
    let learned = false;
    for (const clause of open) {
      const possible = clause.filter((term) => meets(before, term));
      if (possible.some((term) => !meets(before, negated(term)))) continue;
      const [only, ...others] = possible;
      if (only === undefined) return undefined;
      if (others.length > 0) {
        rest.push(possible);
        continue;
      }
      narrow(before, only);
      learned = true;
    }
    if (!learned) return new Known(before, rest, now);
    open = rest;
  }
}

/** Whether the variable may have had a value that `term` accepts. */
function meets(before: Before, { variable, accepts }: Term): boolean {
  const may = before.get(variable);
  return accepts.some((accepted, value) => accepted && may?.[value] !== false);
}
