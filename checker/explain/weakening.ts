import { actionName } from '../engine/coverage.ts';
import type { LockSide } from '../language/lock.ts';
import { type Call, Operation, type StepAction, type Steps } from '../language/operation.ts';
import { freezeAndKey, type Plain, type Scalar, showValue } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import { withFamilies } from '../ledger/names.ts';

/** What is done to an operation on its way out of a function. Its result is what the code gets. */
export type Rule = (operation: Operation, after: Fork) => Steps<unknown>;

/** The operations that come next, structure left out, if this one and they result in `results`. */
export type Fork = (results: readonly unknown[]) => Operation | undefined;

/** What a rule may need of the system that it changes. */
export interface Parts {
  readonly variables: readonly Variable<Scalar>[];
  /** By identity; those of locks that threads are given in records. */
  readonly sides: ReadonlyMap<string, LockSide>;
}

/** One thing that a function does, taken away. */
export interface Weakening {
  readonly functionName: string;
  readonly kind: 'lock' | 'order' | 'test' | 'step' | 'argument' | 'bit';
  /** The operation that it is about, as it is called within the function. */
  readonly site: string;
  /** What is done to that operation, in words. */
  readonly change: string;
  /** What is taken away, in words, where its operation is not named beside it. */
  readonly summary: string;
  /** A rule for one run of the function, in a system of these parts. */
  readonly rule: (parts: Parts) => Rule;
  /** A rule for one run of any other function, where they have to follow. */
  readonly elsewhere?: () => Rule;
}

/** Runs a program with a rule, and its loops with one for each iteration. */
export function* drive(start: () => Steps<unknown>, make: () => Rule): Steps<unknown> {
  const rule = make();
  const history: unknown[] = [];
  const program = start();
  let turn = program.next();
  while (turn.done !== true) {
    const after: Fork = (results) => forked(start, history, results);
    const result = yield* rule(inside(turn.value, make), after);
    history.push(result);
    turn = program.next(result);
  }
  return turn.value;
}

function forked(
  start: () => Steps<unknown>,
  history: readonly unknown[],
  results: readonly unknown[],
): Operation | undefined {
  try {
    const program = start();
    let turn = program.next();
    for (const result of history) turn = program.next(result);
    for (const result of results) {
      turn = program.next(result);
      while (turn.done !== true && isStructure(turn.value)) turn = program.next(undefined);
    }
    return turn.done === true ? undefined : turn.value;
  } catch {
    // The results were guesses; a program that throws at them has no next operation.
    return undefined;
  }
}

function inside(operation: Operation, make: () => Rule): Operation {
  const { action, label } = operation;
  if (action.kind !== 'loop') return operation;
  const body = (state: never) => drive(() => action.body(state) as Steps<unknown>, make);
  return new Operation({ ...action, body: body as typeof action.body }, label);
}

/** Whether nothing is done and nothing is called. */
export function isStructure({ action: { kind } }: Operation): boolean {
  return ['atomic', 'position', 'branch', 'passed', 'loop', 'inside'].includes(kind);
}

/** How an operation is called within its function: by its label, or by what it does. */
export function siteOf(operation: Operation): string {
  if (isStructure(operation)) return '';
  const { action, label } = operation;
  const does =
    action.kind === 'call'
      ? `${action.callee.functionName}()`
      : withFamilies(actionName(action as StepAction));
  return label === undefined ? does : `${label} ${does}`;
}

/**
 * Without the lock: it is neither taken nor given back in this function. What other functions drop
 * and take again for a while, as they know that it is held, they then keep.
 */
export function withoutLock(functionName: string, site: string, side: string): Weakening {
  const changeOf = ({ action }: Operation) =>
    action.kind === 'access' && action.lock?.side.identity === side ? action.lock.change : 0;
  const rule = (): Rule => {
    let missing = 0;
    return function* (operation) {
      const change = changeOf(operation);
      const isTaken = change === 1 && siteOf(operation) === site;
      if (!isTaken && !(change === -1 && missing > 0)) return yield operation;
      missing += change;
      return undefined;
    };
  };
  const elsewhere = (): Rule => {
    let own = 0;
    return function* (operation) {
      const change = changeOf(operation);
      // Below 0 it has dropped what its caller took.
      const skipped = change === -1 ? own <= 0 : change === 1 && own < 0;
      own += change;
      return skipped ? undefined : yield operation;
    };
  };
  return { ...without(functionName, 'lock', site), rule, elsewhere };
}

/** Without the step, which always results in the same. */
export function withoutStep(functionName: string, site: string, result: Plain): Weakening {
  const rule = (): Rule =>
    function* (operation) {
      return siteOf(operation) === site ? result : yield operation;
    };
  return { ...without(functionName, 'step', site), rule };
}

function without(functionName: string, kind: 'lock' | 'step', site: string) {
  return { functionName, kind, site, change: 'without it', summary: `without ${site}` };
}

/** As if the operation always resulted in `result`; a call is made all the same. */
export function withResult(functionName: string, site: string, result: Plain): Weakening {
  const rule = (): Rule =>
    function* (operation) {
      if (siteOf(operation) !== site) return yield operation;
      if (operation.action.kind === 'call') yield operation;
      return result;
    };
  const change = `taken for ${showValue(result)}`;
  return { functionName, kind: 'test', site, change, summary: `${site} ${change}`, rule };
}

/** With another level, or whatever the last number is that the call is given. */
export function withNumber(functionName: string, site: string, by: 1 | -1): Weakening {
  const rule = (): Rule =>
    function* (operation) {
      const { action, label } = operation;
      if (action.kind !== 'call' || siteOf(operation) !== site) return yield operation;
      const args = changed(action, by);
      return yield new Operation({ ...action, args }, label);
    };
  const change = `with its last number one ${by > 0 ? 'higher' : 'lower'}`;
  return { functionName, kind: 'argument', site, change, summary: `${site} ${change}`, rule };
}

function changed({ args }: Call, by: number): readonly unknown[] {
  const at = args.findLastIndex((one) => typeof one === 'number');
  return args.with(at, (args[at] as number) + by);
}

/**
 * The second before the first. What the first results in is not known yet: where it may result in
 * something after which the second comes, the second is done at once, whatever the first then
 * results in.
 *
 * @param ways results of the first, and of what lies between, after which the second comes
 */
export function swapped(
  functionName: string,
  first: string,
  second: string,
  ways: readonly (readonly Plain[])[],
): Weakening {
  const rule = (): Rule => {
    let early: { readonly result: unknown } | undefined;
    return function* (operation, after) {
      const site = siteOf(operation);
      if (early !== undefined && site === second) {
        const { result } = early;
        early = undefined;
        return result;
      }
      if (early === undefined && site === first) {
        const next = ways.map(after).find((one) => one !== undefined && siteOf(one) === second);
        if (next !== undefined) early = { result: yield next };
      }
      return yield operation;
    };
  };
  const change = `before ${first}`;
  return {
    ...{ functionName, kind: 'order', site: second },
    ...{ change, summary: `${second} ${change}`, rule },
  };
}

/** A text that is equal exactly for equal results. */
export function resultKey(result: unknown): string {
  return freezeAndKey(result, 'a result');
}
