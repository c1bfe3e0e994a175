import type { Modelled } from './modelled.ts';
import type { Steps } from './operation.ts';
import type { Plain, Scalar } from './value.ts';
import { erase, type Variable } from './variable.ts';

/**
 * What a claim says of the state that it looks at: it holds, it fails, or its premise is not met
 * and it says nothing.
 */
export type Judgement = boolean | 'vacuous';

/** What people read of a claim. */
export interface ClaimText {
  /** Short and unique, e.g. `P1`. */
  readonly id: string;
  /** The claim in words, for the report of its violation. */
  readonly sentence: string;
  /** Who claims it, and where. */
  readonly source?: string;
  /** What the formalisation would not catch. */
  readonly blindSpot?: string;
}

/** One program of an invariant: looks at one state. */
export interface Observer {
  /** What it looks at, e.g. `gfn 3`. */
  readonly about: string;
  readonly program: () => Steps<Judgement>;
}

/** Must hold in every reachable state. */
export interface InvariantClaim extends ClaimText {
  readonly kind: 'invariant';
  readonly observers: readonly Observer[];
}

/** Must hold of each variable's value before and after every step that changes it. */
export interface StepClaim extends ClaimText {
  readonly kind: 'step';
  readonly variables: readonly Variable<Scalar>[];
  readonly allows: (before: Scalar, after: Scalar) => boolean;
}

/** Must hold in the state in which a modelled function returns. */
export interface ReturnClaim extends ClaimText {
  readonly kind: 'return';
  readonly callee: Modelled<never, unknown>;
  readonly program: (args: readonly unknown[], result: unknown) => Steps<Judgement>;
}

/** Must hold in every state in which a thread is inside a stretch marked by `during`. */
export interface PositionClaim extends ClaimText {
  readonly kind: 'position';
  readonly mark: string;
  readonly program: (data: Plain) => Steps<Judgement>;
}

/** Owns the assertions of the model that name it. */
export interface AssertionClaim extends ClaimText {
  readonly kind: 'assertion';
}

export type Claim = InvariantClaim | StepClaim | ReturnClaim | PositionClaim | AssertionClaim;

/** The claim that owns the assertions that name no other; always judged. */
export const ASSERTIONS = 'assertions';
/** The claim that some thread can go on until all have finished; always judged. */
export const DEADLOCK = 'deadlock';

/**
 * An invariant, in one small program for each of `entries`: a program over all entries at once
 * would multiply the histories of its reads.
 */
export function invariant<E>(
  text: ClaimText,
  entries: readonly E[],
  program: (entry: E) => Steps<Judgement>,
  about: (entry: E) => string = String,
): InvariantClaim {
  return {
    kind: 'invariant',
    ...text,
    observers: entries.map((entry) => ({
      about: about(entry),
      program: () => program(entry),
    })),
  };
}

/** A claim on each single change of each of `variables`. */
export function stepClaim<T extends Scalar>(
  text: ClaimText,
  variables: readonly Variable<T>[],
  allows: (before: T, after: T) => boolean,
): StepClaim {
  return {
    kind: 'step',
    ...text,
    variables: variables.map(erase),
    allows: allows as unknown as StepClaim['allows'],
  };
}

/** A claim on the returns of `callee`, judged in the state after its last step. */
export function onReturn<A extends readonly unknown[], R>(
  text: ClaimText,
  callee: Modelled<A, R>,
  program: (args: A, result: R) => Steps<Judgement>,
): ReturnClaim {
  return {
    kind: 'return',
    ...text,
    callee: callee as unknown as Modelled<never, unknown>,
    program: program as unknown as ReturnClaim['program'],
  };
}

/** A claim on the threads inside `during(mark, data, ...)`, with one program for each `data`. */
export function whileInside<D extends Plain>(
  text: ClaimText,
  mark: string,
  program: (data: D) => Steps<Judgement>,
): PositionClaim {
  return {
    kind: 'position',
    ...text,
    mark,
    program: program as unknown as PositionClaim['program'],
  };
}

/** Collects the assertions that name `text.id`. */
export function assertionClaim(text: ClaimText): AssertionClaim {
  return { kind: 'assertion', ...text };
}
