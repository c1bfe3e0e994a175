import { ModelError } from './model-error.ts';
import { Operation, OUT_OF_DOMAIN } from './operation.ts';
import type { Scalar } from './value.ts';
import { erase, type Variable } from './variable.ts';

/** Writes `value` to all the variables in one atomic step. */
export function fill<T extends Scalar>(
  variables: readonly Variable<T>[],
  value: T,
): Operation<void> {
  const to = variables.map((variable) => {
    const index = variable.indexOf(value);
    if (index === OUT_OF_DOMAIN) {
      throw new ModelError(`fill: ${value} is outside of the domain of ${variable.name}`);
    }
    return index;
  });
  return new Operation<void>({ kind: 'fill', variables: variables.map(erase), to });
}
