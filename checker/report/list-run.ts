import type { Frame, TraceStep, Why } from '../check/result.ts';
import type { FiniteEntry, LassoEntry } from './document.ts';

/** A run as a report for the list draws it. */
export interface Run {
  readonly steps: readonly TraceStep[];
  readonly why: Why;
  /** Index of the step from which on the rest repeats for ever; absent if nothing does. */
  readonly loopStart?: number;
}

export type Drawn =
  | Pick<FiniteEntry, 'steps' | 'why'>
  | Pick<LassoEntry, 'prefix' | 'loop' | 'why'>;

/**
 * The run of a counterexample. A loop begins where the code begins to repeat itself, and not in the
 * middle of the functions that it calls: the same run for ever, as a loop may begin at any of its
 * steps.
 */
export function runOf(found: Drawn): Run {
  if ('steps' in found) return { steps: found.steps, why: found.why };
  const { prefix, loop, why } = found;
  const turn = outermost(loop);
  const steps = [...prefix, ...loop, ...loop.slice(0, turn)];
  return { steps, why, loopStart: prefix.length + turn };
}

/** The index of the step of a loop before which the fewest calls are open. */
function outermost(loop: readonly TraceStep[]): number {
  const open = loop.map((step, i) => {
    const cyclic = [...loop.slice(i), ...loop.slice(0, i)];
    const before = cyclic.findLast(({ thread }) => thread === step.thread)!;
    return commonLength(before.operations.at(-1)?.frames ?? [], step.frames);
  });
  return open.indexOf(Math.min(...open));
}

function commonLength(one: readonly Frame[], other: readonly Frame[]): number {
  const end = one.findIndex(
    (frame, i) => frame.name !== other[i]?.name || frame.label !== other[i]?.label,
  );
  return end < 0 ? one.length : end;
}
