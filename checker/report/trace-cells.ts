import type { Frame, TraceOperation, TraceStep } from '../check/result.ts';

/** One line of a trace before it is laid out: what one thread does, at a depth of calls. */
export interface Cell {
  readonly thread: string;
  /** Number of the step, from 1. */
  readonly step: number;
  readonly depth: number;
  readonly text: string;
  /** The value that decides, without the comment sign. */
  readonly remark?: string;
}

/** Reads of more variables than this say no more than the result does. */
const READS_SHOWN_MAX = 2;
const CHANGES_SHOWN_MAX = 3;

/**
 * The lines of a trace in time order: the frames that a step has entered since the thread's step
 * before, then its operations with what they saw and changed.
 */
export function cellsOf(steps: readonly TraceStep[]): Cell[] {
  const stacks = new Map<string, readonly Frame[]>();
  return steps.flatMap((step, i) => {
    const cells: Cell[] = [];
    const push = (depth: number, text: string, remark?: string) => {
      const cell = { thread: step.thread, step: i + 1, depth, text };
      cells.push(remark === undefined ? cell : { ...cell, remark });
    };
    const enter = (frames: readonly Frame[]) => {
      const entered = commonLength(stacks.get(step.thread) ?? [], frames);
      for (let depth = entered; depth < frames.length; depth++) {
        const frame = frames[depth]!;
        push(depth, titled(frame.label, `${frame.name}()`));
      }
      stacks.set(step.thread, frames);
    };
    for (const operation of step.operations) {
      const { frames } = operation;
      for (const { frames: at, labels } of branchesByPlace(operation)) {
        enter(at);
        push(at.length, titled(labels.join(', '), '(branch)'));
      }
      enter(frames);
      push(frames.length, titled(operation.label, operation.action), remarkOn(operation));
    }
    return cells;
  });
}

/** Branches that follow each other in one function share a line. */
function branchesByPlace({ branches }: TraceOperation) {
  const places: { frames: readonly Frame[]; labels: string[] }[] = [];
  for (const { frames, label } of branches) {
    const last = places.at(-1);
    const same = last?.frames.length === frames.length;
    if (last !== undefined && same && commonLength(last.frames, frames) === frames.length) {
      last.labels.push(label);
    } else {
      places.push({ frames, labels: [label] });
    }
  }
  return places;
}

function titled(label: string | undefined, text: string): string {
  return label === undefined ? text : `${label}: ${text}`;
}

function remarkOn(operation: TraceOperation): string | undefined {
  const { action, result } = operation;
  const [verb = ''] = action.split(' ');
  // The name says all that there is to say of a lock.
  if (verb === 'acquire' || verb === 'release') return undefined;
  return joined([
    result,
    ...(operation.writes.length === 0 ? readsIn(operation) : []),
    ...changesIn(operation, verb),
  ]);
}

/** The whole values of which the result tells a part only: `false, of 5`. */
function readsIn({ reads, action, result }: TraceOperation): string[] {
  const telling = reads.filter(({ value }) => value !== result);
  if (telling.length > READS_SHOWN_MAX) return [];
  return telling.map(({ variable, value }) =>
    action.endsWith(` ${variable}`) ? `of ${value}` : `${variable} is ${value}`,
  );
}

function changesIn({ writes, action }: TraceOperation, verb: string): string[] {
  if (verb === 'write') return writes.map(({ from }) => `was ${from}`);
  const changes = writes
    .filter(({ from, to }) => from !== to)
    .map(({ variable, from, to }) =>
      action.endsWith(` ${variable}`) ? `${from} -> ${to}` : `${variable}: ${from} -> ${to}`,
    );
  const more = changes.length - CHANGES_SHOWN_MAX;
  return more > 0 ? [...changes.slice(0, CHANGES_SHOWN_MAX), `${more} more`] : changes;
}

function joined(remarks: readonly (string | undefined)[]): string | undefined {
  const said = remarks.filter((remark) => remark !== undefined);
  return said.length === 0 ? undefined : said.join(', ');
}

function commonLength(before: readonly Frame[], now: readonly Frame[]): number {
  const length = now.findIndex(
    (frame, i) => before[i]?.name !== frame.name || before[i]?.label !== frame.label,
  );
  return length === -1 ? now.length : length;
}
