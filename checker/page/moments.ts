import type { BrokenClaim } from '../generators/broken-claims.ts';
import type { Recording, ThreadMoment } from '../generators/recording.ts';

/** The whole state between two steps. */
export interface Moment {
  /** By variable. */
  readonly values: readonly string[];
  readonly threads: readonly ThreadMoment[];
  /** Indices of the threads that cannot move. */
  readonly waiting: readonly number[];
  /** The claims that this moment, or the step that led to it, violates. */
  readonly broken: readonly BrokenClaim[];
}

/** Every state of a run: the first before its first step, then one after each step. */
export function momentsOf({ start, steps }: Recording): readonly Moment[] {
  let moment: Moment = start;
  const moments = [moment];
  for (const { thread, changes, after, waiting, broken } of steps) {
    const values = changes.length === 0 ? moment.values : [...moment.values];
    for (const [variable, value] of changes) (values as string[])[variable] = value;
    moment = { values, threads: moment.threads.with(thread, after), waiting, broken };
    moments.push(moment);
  }
  return moments;
}
