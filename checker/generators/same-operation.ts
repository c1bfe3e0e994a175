import type { Action, Operation, Term } from '../language/operation.ts';
import { freezeAndKey } from '../language/value.ts';

/**
 * Whether two operations do the same under the same label: tells two runs of one generator apart.
 * Bodies of loops cannot be compared; their runs are.
 */
export function sameOperation(one: Operation, other: Operation): boolean {
  return one === other || (one.label === other.label && sameAction(one.action, other.action));
}

function sameAction(one: Action, other: Action): boolean {
  if (one === other) return true;
  switch (one.kind) {
    case 'access':
      return (
        other.kind === 'access' &&
        one.verb === other.verb &&
        one.variable === other.variable &&
        sameItems(one.next, other.next) &&
        sameItems(one.outcome, other.outcome) &&
        sameValues(one.results, other.results)
      );
    case 'test':
      return (
        other.kind === 'test' &&
        one.quantifier === other.quantifier &&
        one.waits === other.waits &&
        sameItems(one.terms, other.terms, sameTerm)
      );
    case 'fill':
      return (
        other.kind === 'fill' &&
        sameItems(one.variables, other.variables) &&
        sameItems(one.to, other.to)
      );
    case 'choose':
      return other.kind === 'choose' && sameValues(one.options, other.options);
    case 'call':
      return (
        other.kind === 'call' && one.callee === other.callee && sameValues(one.args, other.args)
      );
    case 'loop':
      return other.kind === 'loop' && sameValue(one.initial, other.initial);
    case 'atomic':
      return other.kind === 'atomic' && one.edge === other.edge;
    case 'position':
      return (
        other.kind === 'position' &&
        one.edge === other.edge &&
        one.mark === other.mark &&
        sameValue(one.data, other.data)
      );
    case 'branch':
      return other.kind === 'branch';
    case 'failure':
      return other.kind === 'failure' && one.message === other.message && one.claim === other.claim;
    case 'passed':
      return other.kind === 'passed' && one.claim === other.claim;
    case 'inside':
      return other.kind === 'inside' && one.mark === other.mark && sameValue(one.data, other.data);
  }
}

function sameTerm(one: Term, other: Term): boolean {
  return one.variable === other.variable && sameItems(one.accepts, other.accepts);
}

function sameValues(some: readonly unknown[], others: readonly unknown[]): boolean {
  return sameItems(some, others, sameValue);
}

function sameValue(one: unknown, other: unknown): boolean {
  return one === other || freezeAndKey(one, 'a value') === freezeAndKey(other, 'a value');
}

function sameItems<T>(
  some: readonly T[],
  others: readonly T[],
  same: (one: T, other: T) => boolean = Object.is,
): boolean {
  return some.length === others.length && some.every((item, i) => same(item, others[i] as T));
}
