import type { Condition } from '../language/condition.ts';
import type { Mutex, RwLock } from '../language/lock.ts';
import type { Modelled } from '../language/modelled.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import type { TermSpec } from './program.ts';

/** The mark of every stretch. */
export const MARK = 'stretch';

/** The claim of every named assertion. */
export const NAMED = 'named';

export type RandomFunction = Modelled<readonly [number, Variable<Scalar>], number>;

/** What the statements of a program refer to. */
export interface World {
  readonly variables: readonly Variable<Scalar>[];
  readonly ghost: Variable<number>;
  readonly locks: readonly (Mutex | RwLock)[];
  readonly functions: readonly RandomFunction[];
}

/** The element with this number, counted round and round. */
export function pick<T>(items: readonly T[], number: number): T {
  const item = items[number % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** The condition that a term stands for. */
export function conditionOf(variables: readonly Variable<Scalar>[], spec: TermSpec): Condition {
  const variable = pick(variables, spec.variable);
  const value = pick(variable.domain, spec.value);
  return spec.equal ? variable.is(value) : variable.isNot(value);
}
