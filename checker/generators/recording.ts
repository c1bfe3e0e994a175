import type { Frame, TraceStep } from '../check/result.ts';
import type { Move } from '../engine/engine.ts';
import { showValue } from '../language/value.ts';
import { type BrokenClaim, brokenAtStart, brokenBy, waitingIn } from './broken-claims.ts';
import type { Machine, MachineState, Transition } from './machine.ts';
import { actionText } from './operation-text.ts';
import type { Place } from './place.ts';
import { framesOf, labelOf, traceStep } from './trace.ts';

/** A lock that a thread holds, and as what: `mmu_lock` as `writer`. */
export interface HeldLock {
  readonly lock: string;
  readonly side: string;
}

/** What a thread is about to do. It has finished if it has no action. */
export interface ThreadMoment {
  readonly frames: readonly Frame[];
  readonly label?: string;
  readonly action?: string;
  readonly holds: readonly HeldLock[];
  /** The marked stretches that it is inside of, outermost first, e.g. `mapping {goal_level: 2}`. */
  readonly inside: readonly string[];
}

/** One step, and how the state after it differs from the state before. */
export interface RecordedStep {
  readonly trace: TraceStep;
  /** Index into the threads of the one that moved. */
  readonly thread: number;
  /** Indices into the variables, with the new values. */
  readonly changes: readonly (readonly [variable: number, value: string])[];
  /** The thread that moved, after the step. */
  readonly after: ThreadMoment;
  /** Indices of the threads that cannot move after it, finished ones left out. */
  readonly waiting: readonly number[];
  /** The claims that the step, or the state after it, violates. */
  readonly broken: readonly BrokenClaim[];
}

/** The state before the first step. */
export interface RecordedStart {
  readonly values: readonly string[];
  readonly threads: readonly ThreadMoment[];
  readonly waiting: readonly number[];
  readonly broken: readonly BrokenClaim[];
}

/** A run with every state on the way, as text: all that is needed to look at it step by step. */
export interface Recording {
  readonly variables: readonly string[];
  readonly threads: readonly { readonly name: string; readonly role: string }[];
  readonly start: RecordedStart;
  readonly steps: readonly RecordedStep[];
}

/** A run that has been recorded, and the state that it leads to. */
export interface Recorded {
  readonly recording: Recording;
  readonly state: MachineState;
}

/**
 * Runs a schedule from the initial state on, records what happens and judges all claims on the way.
 *
 * @throws RangeError if a step of it is impossible
 * @throws ModelError if the system breaks the contract of the language
 */
export function record(machine: Machine, moves: readonly Move[]): Recorded {
  const { system } = machine;
  let { state } = machine.initial();
  const start: RecordedStart = {
    values: system.shared.variables.map(({ domain, initial }) => showValue(domain[initial])),
    threads: state.places.map(momentOf),
    waiting: waitingIn(machine, state),
    broken: brokenAtStart(machine),
  };
  const steps = moves.map((move, i) => {
    const step = machine
      .stepsOf(state, move.thread)
      .find((other) => other.move.choices.join() === move.choices.join());
    if (step === undefined) {
      throw new RangeError(`step ${i + 1} of the schedule is impossible for thread ${move.thread}`);
    }
    const recorded = recordedStep(machine, state, step);
    // A failed assertion leads to no state, and so leaves it as it was.
    state = step.after ?? state;
    return recorded;
  });
  const recording = {
    variables: system.shared.variables.map(({ name }) => name),
    threads: system.threads.map(({ name, role }) => ({ name, role })),
    start,
    steps,
  };
  return { recording, state };
}

function recordedStep(machine: Machine, from: MachineState, step: Transition): RecordedStep {
  const { thread } = step.move;
  const { values, places } = step.after ?? from;
  return {
    trace: traceStep(machine, step),
    thread,
    changes: machine.system.shared.variables.flatMap(({ domain }, i) => {
      const value = values[i] as number;
      return value === from.values[i] ? [] : [[i, showValue(domain[value])] as const];
    }),
    after: momentOf(places[thread] as Place),
    waiting: waitingIn(machine, step.after ?? from),
    broken: brokenBy(machine, from, step),
  };
}

function momentOf({ frames, operation, held, marks }: Place): ThreadMoment {
  return {
    frames: framesOf(frames),
    ...labelOf(operation?.label),
    ...(operation === undefined ? {} : { action: actionText(operation) }),
    holds: held.map(heldLock),
    inside: marks.map(({ mark, data }) =>
      data === undefined || data === null ? mark : `${mark} ${showValue(data)}`,
    ),
  };
}

/** A side of a lock is called after the variable of the lock and what it makes of its holder. */
function heldLock(identity: string): HeldLock {
  const end = identity.lastIndexOf('.');
  return { lock: identity.slice(0, end), side: identity.slice(end + 1) };
}
