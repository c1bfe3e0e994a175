import { Operation, type Steps, type Turn } from './operation.ts';
import type { Plain } from './value.ts';

/** The way an iteration ends that starts another one. */
export interface Next<S extends Plain> {
  readonly turn: 'next';
  readonly state: S;
}

/** The way an iteration ends that ends the loop. */
export interface Done<R extends Plain> {
  readonly turn: 'done';
  readonly result: R;
}

/** Ends an iteration: go on with `state`. */
export function next<S extends Plain>(state: S): Next<S> {
  return { turn: 'next', state };
}

/** Ends the loop with `result`. */
export function done<R extends Plain>(result: R): Done<R> {
  return { turn: 'done', result };
}

/**
 * Repeats `body` until it returns `done`. Each iteration is a new generator that knows nothing but
 * its state, so a state that comes again is a cycle of the automaton. An iteration must perform an
 * operation before it returns to a state that it came from.
 */
export function loop<S extends Plain, R extends Plain = undefined>(
  initial: S,
  body: (state: S) => Steps<Next<S> | Done<R>>,
): Operation<R> {
  return new Operation<R>({
    kind: 'loop',
    initial,
    body: body as unknown as (state: never) => Steps<Turn>,
  });
}
