import type { Frame, TraceOperation } from '../check/result.ts';
import type { RecordedStep, ThreadMoment } from '../generators/recording.ts';

/** What an operation does and what it got, e.g. `read turn[1]` and `0`. */
export function operationText({ action, result }: TraceOperation): string {
  return result === undefined ? action : `${action} → ${result}`;
}

/** A step on one line; an atomic block does several things at once. */
export function stepText({ trace }: RecordedStep): string {
  return trace.operations
    .map((operation) => labelled(operation.label, operationText(operation)))
    .join('; ');
}

/** Whether a step takes or gives back locks and does nothing else. */
export function isOnlyLocking({ trace }: RecordedStep): boolean {
  return trace.operations.every(({ action }) => /^(acquire|release) /.test(action));
}

/** What a thread is about to do, on one line. */
export function nextText({ label, action }: ThreadMoment): string {
  return action === undefined ? 'finished' : labelled(label, action);
}

/** The function whose code this is, with the label of its call. */
export function functionText(frames: readonly Frame[]): string {
  const frame = frames.at(-1);
  return frame === undefined ? '' : labelled(frame.label, `${frame.name}()`);
}

export function labelled(label: string | undefined, text: string): string {
  return label === undefined ? text : `${label}: ${text}`;
}
