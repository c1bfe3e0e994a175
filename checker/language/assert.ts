import { Operation, type Steps } from './operation.ts';

/**
 * Violates a claim if `condition` is false: the built-in claim `assertions`, or the one with the
 * given id, which the system must declare with `assertionClaim`. No step where it holds.
 */
export function* assert(condition: boolean, message: string, claim?: string): Steps<void> {
  if (!condition) {
    yield new Operation(
      claim === undefined ? { kind: 'failure', message } : { kind: 'failure', message, claim },
    );
  } else if (claim !== undefined) {
    yield new Operation({ kind: 'passed', claim });
  }
}
