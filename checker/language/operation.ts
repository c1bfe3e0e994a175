import type { LockSide } from './lock.ts';
import type { Modelled } from './modelled.ts';
import { noteSite } from './site.ts';
import type { Plain, Scalar } from './value.ts';
import type { Variable } from './variable.ts';

/** A piece of a program: yields operations, is resumed with their results, returns an `R`. */
export type Steps<R> = Generator<Operation, R, unknown>;

/** In `Access.next`: in this value the operation cannot run now; the thread waits. */
export const DISABLED = -1;
/** In `Access.next`: the operation would leave the domain; reaching it is an error of the model. */
export const OUT_OF_DOMAIN = -2;

/**
 * One atomic look at, and change of, one variable, tabulated over the indices of its domain: with
 * value index `v` it moves to `next[v]` and results in `results[outcome[v]]`.
 */
export interface Access {
  readonly kind: 'access';
  readonly verb: string;
  readonly variable: Variable<Scalar>;
  readonly next: readonly number[];
  readonly outcome: readonly number[];
  readonly results: readonly Plain[];
  /** Set on the operations of a lock, for the check that locks are used in pairs. */
  readonly lock?: { readonly side: LockSide; readonly change: 1 | -1 };
}

/** One condition over one variable: `accepts[v]` for each value index `v`. */
export interface Term {
  readonly variable: Variable<Scalar>;
  readonly accepts: readonly boolean[];
}

/** Looks at several variables at once. Where `waits`, it is enabled only while it is true. */
export interface Test {
  readonly kind: 'test';
  readonly quantifier: 'every' | 'some';
  readonly terms: readonly Term[];
  readonly waits: boolean;
}

/** Writes several variables at once: to `variables[i]` the value with index `to[i]`. */
export interface Fill {
  readonly kind: 'fill';
  readonly variables: readonly Variable<Scalar>[];
  readonly to: readonly number[];
}

/** A free choice: one edge per option. */
export interface Choice {
  readonly kind: 'choose';
  readonly options: readonly Plain[];
  /** How reports write each option. */
  readonly shown: readonly string[];
}

/** A call of a modelled function. Not a step of its own. */
export interface Call {
  readonly kind: 'call';
  readonly callee: Modelled<never, unknown>;
  readonly args: readonly unknown[];
}

/** A loop whose body is started afresh for each value of its state. Not a step of its own. */
export interface Loop {
  readonly kind: 'loop';
  readonly initial: Plain;
  readonly body: (state: never) => Steps<Turn>;
}

/** How an iteration of a loop ends: with the state of the next one, or with the loop's result. */
export type Turn =
  | { readonly turn: 'next'; readonly state: Plain }
  | { readonly turn: 'done'; readonly result: Plain };

/** Delimits an atomic block. Not a step. */
export interface AtomicMark {
  readonly kind: 'atomic';
  readonly edge: 'begin' | 'end';
}

/** Delimits a stretch that position claims speak of. Not a step. */
export interface PositionMark {
  readonly kind: 'position';
  readonly edge: 'enter' | 'leave';
  readonly mark: string;
  readonly data: Plain;
}

/** Names a branch that is taken without any shared access. Not a step. */
export interface Branch {
  readonly kind: 'branch';
}

/** An assertion that does not hold: a step that violates it and ends the run. */
export interface Failure {
  readonly kind: 'failure';
  readonly message: string;
  /** The claim it belongs to; the built-in claim `assertions` if none is named. */
  readonly claim?: string;
}

/** An assertion of a named claim that holds: its premise was met. Not a step. */
export interface Passed {
  readonly kind: 'passed';
  readonly claim: string;
}

/** Counts the threads inside a stretch; only claims may ask. */
export interface Inside {
  readonly kind: 'inside';
  readonly mark: string;
  /** What the data of the stretch must be, or for a record which fields it must have. */
  readonly data: Plain;
}

/** What a thread can do as a step, or as a part of an atomic one. */
export type StepAction = Access | Test | Fill | Choice | Failure;

export type Action =
  | StepAction
  | Call
  | Loop
  | AtomicMark
  | PositionMark
  | Branch
  | Passed
  | Inside;

/**
 * What a thread does next. `yield*` it: `const set = yield* word.has('GUEST_INHIBIT').at('B4')`.
 * Each `access`, `test`, `fill`, `choose` and `failure` is one atomic step unless it stands in an
 * atomic block; the other kinds are structure.
 */
export class Operation<R = unknown> {
  readonly action: Action;
  readonly label: string | undefined;

  constructor(action: Action, label?: string) {
    this.action = action;
    this.label = label;
  }

  /** The same operation under a label: the name of the step in reports, e.g. `F12`. */
  at(label: string): Operation<R> {
    return new Operation<R>(this.action, label);
  }

  *[Symbol.iterator](): Steps<R> {
    noteSite();
    return (yield this) as R;
  }
}
