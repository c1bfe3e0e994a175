import type { Fairness } from '../../language/liveness-claim.ts';
import type { Scalar } from '../../language/value.ts';
import type { Variable } from '../../language/variable.ts';
import type { Machine, MachineState, Transition } from '../machine.ts';

/** A step that a run takes again and again. */
export interface CycleStep {
  readonly before: MachineState;
  readonly step: Transition;
  /** The threads that can move in `before`. */
  readonly enabled: readonly number[];
}

/**
 * The rules of a fairness assumption that a run breaks, in words; none if it is fair.
 *
 * @param cycle all the steps that it takes again and again
 */
export function brokenRules(
  machine: Machine,
  fairness: Fairness,
  cycle: readonly CycleStep[],
): readonly string[] {
  const threads = machine.system.threads.map((_, thread) => thread);
  const nameOf = (thread: number) => machine.system.threads[thread]?.name ?? `thread ${thread}`;
  const moves = (thread: number) => cycle.some(({ step }) => step.move.thread === thread);
  const isEnabled = (thread: number) => (one: CycleStep) => one.enabled.includes(thread);
  const starving = (quantifier: 'every' | 'some') =>
    threads.filter((thread) => !moves(thread) && cycle[quantifier](isEnabled(thread)));
  switch (fairness) {
    case 'none':
      return [];
    case 'weak':
      return starving('every').map((thread) => `${nameOf(thread)} can always move and never does`);
    case 'strong':
      return starving('some').map(
        (thread) => `${nameOf(thread)} can move again and again and never does`,
      );
    case 'locks':
      return [
        ...brokenRules(machine, 'weak', cycle),
        ...threads
          .filter((thread) => isOvertaken(thread, cycle))
          .map((thread) => `${nameOf(thread)} waits for a lock that is taken again and again`),
      ];
  }
}

/** Whether a thread waits for one lock all the time, while others take it. */
function isOvertaken(thread: number, cycle: readonly CycleStep[]): boolean {
  const [first] = cycle;
  const lock = first && lockWantedBy(first.before, thread);
  return (
    lock !== undefined &&
    cycle.every(({ before, step }) => {
      return step.move.thread !== thread && lockWantedBy(before, thread) === lock;
    }) &&
    cycle.some(({ before, step }) => lockWantedBy(before, step.move.thread) === lock)
  );
}

/** The lock that a thread is about to take; both sides of a reader/writer lock are one. */
export function lockWantedBy(
  { places }: MachineState,
  thread: number,
): Variable<Scalar> | undefined {
  const action = places[thread]?.operation?.action;
  return action?.kind === 'access' && action.lock?.change === 1 ? action.variable : undefined;
}
