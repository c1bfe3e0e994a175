import type { Failure } from '../language/operation.ts';
import { type Scalar, showValue } from '../language/value.ts';
import type { Mark, Return } from './place.ts';

/** What exactly failed, in the words of reports: one function for each kind of claim. */

export function invariantFails(about: string): string {
  return `fails for ${about}`;
}

export function stepFails(variable: string, before: Scalar, after: Scalar): string {
  return `${variable} went from ${showValue(before)} to ${showValue(after)}`;
}

/** Without the arguments: among them may be a whole version of the kernel. */
export function returnFails(thread: string, { callee, result }: Return): string {
  return `${thread}: ${callee.functionName}() returned ${showValue(result)}`;
}

export function positionFails(thread: string, { mark, data }: Mark): string {
  return `${thread} inside ${mark}${data === undefined ? '' : ` with ${showValue(data)}`}`;
}

export function staysInside(thread: string, mark: Mark): string {
  return `${positionFails(thread, mark)} for ever`;
}

export function assertionFails({ message }: Failure): string {
  return message;
}

export function deadlockOf(threads: readonly string[]): string {
  return `${threads.join(', ')} ${threads.length === 1 ? 'waits' : 'wait'} for ever`;
}
