import { ModelError } from '../language/model-error.ts';
import { DISABLED, type Operation, OUT_OF_DOMAIN } from '../language/operation.ts';
import type { Scalar } from '../language/value.ts';
import { type Plain, showValue } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import { actionText } from './operation-text.ts';

/** One value index for each variable, in the order of the system. */
export type Valuation = readonly number[];

/** One way in which an operation can go. */
export interface Effect {
  readonly values: Valuation;
  readonly result: Plain;
  /** The option taken, if the operation is a choice. */
  readonly choice?: number;
}

/** Where the variables of a system are in a valuation. */
export type Layout = ReadonlyMap<Variable<Scalar>, number>;

/** Lays out the variables of a system in their order. */
export function layoutOf(variables: readonly Variable<Scalar>[]): Layout {
  return new Map(variables.map((variable, slot) => [variable, slot]));
}

/**
 * What a real operation can do to `values`: nothing if it has to wait, one effect for each option
 * of a choice, otherwise one.
 *
 * @param where function and label, for messages
 * @throws ModelError if a variable would leave its domain or does not belong to the system
 */
export function perform(
  operation: Operation,
  values: Valuation,
  layout: Layout,
  where: () => string,
): readonly Effect[] {
  const { action } = operation;
  switch (action.kind) {
    case 'access': {
      const slot = slotOf(layout, action.variable, where);
      const value = values[slot] as number;
      const next = action.next[value];
      if (next === DISABLED) return [];
      if (next === OUT_OF_DOMAIN || next === undefined) {
        throw new ModelError(
          `${where()}: ${actionText(operation)} makes ${action.variable.name} leave its domain ` +
            `from ${showValue(action.variable.domain[value])}`,
        );
      }
      const result = action.results[action.outcome[value] as number];
      return [{ values: values.with(slot, next), result }];
    }
    case 'test': {
      const holds = action.terms[action.quantifier](
        ({ variable, accepts }) => accepts[values[slotOf(layout, variable, where)] as number],
      );
      if (!action.waits) return [{ values, result: holds }];
      return holds ? [{ values, result: undefined }] : [];
    }
    case 'fill': {
      const filled = [...values];
      action.variables.forEach((variable, i) => {
        filled[slotOf(layout, variable, where)] = action.to[i] as number;
      });
      return [{ values: filled, result: undefined }];
    }
    case 'choose':
      return action.options.map((result, choice) => ({ values, result, choice }));
    default:
      throw new Error(`${action.kind} is no operation with an effect`);
  }
}

/** @throws ModelError if the variable does not belong to the system */
export function slotOf(layout: Layout, variable: Variable<Scalar>, where: () => string): number {
  const slot = layout.get(variable);
  if (slot === undefined) {
    throw new ModelError(
      `${where()}: ${variable.name} is no variable of this system; ` +
        'expected one that was declared on its shared memory',
    );
  }
  return slot;
}
