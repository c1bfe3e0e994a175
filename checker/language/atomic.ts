import { Operation, type Steps } from './operation.ts';

const BEGIN = new Operation({ kind: 'atomic', edge: 'begin' });
const END = new Operation({ kind: 'atomic', edge: 'end' });

/**
 * Runs `body` as one step. Only its first operation may wait (a wait further in would be a deadlock
 * that nobody sees; it is an error when the model is compiled). Several blocks inside each other
 * are one.
 */
export function* atomic<R>(body: () => Steps<R>): Steps<R> {
  yield BEGIN;
  const result = yield* body();
  yield END;
  return result;
}
