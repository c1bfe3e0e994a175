import { Operation, type Term } from './operation.ts';

/** A condition over variables that can be looked at in one atomic step. */
export interface Condition {
  readonly quantifier: 'every' | 'some';
  readonly terms: readonly Term[];
}

/** True where all the conditions are. */
export function every(conditions: readonly Condition[]): Condition {
  return combine('every', conditions);
}

/** True where at least one of the conditions is. */
export function some(conditions: readonly Condition[]): Condition {
  return combine('some', conditions);
}

/** Asks whether the condition holds, in one atomic step. */
export function holds(condition: Condition): Operation<boolean> {
  return new Operation<boolean>({ kind: 'test', ...condition, waits: false });
}

/** Waits until the condition holds. */
export function waitUntil(condition: Condition): Operation<void> {
  return new Operation<void>({ kind: 'test', ...condition, waits: true });
}

function combine(quantifier: 'every' | 'some', conditions: readonly Condition[]): Condition {
  const terms: Term[] = [];
  for (const condition of conditions) {
    if (condition.quantifier !== quantifier && condition.terms.length !== 1) {
      throw new TypeError(
        `${quantifier}() cannot hold ${condition.quantifier}() of ${condition.terms.length}`,
      );
    }
    terms.push(...condition.terms);
  }
  return { quantifier, terms };
}
