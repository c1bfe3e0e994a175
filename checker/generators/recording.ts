import type { Frame, TraceStep } from '../check/result.ts';
import type { Move } from '../engine/engine.ts';
import type { System } from '../language/system.ts';
import { showValue } from '../language/value.ts';
import { Machine, type MachineState } from './machine.ts';
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
}

/** The state before the first step. */
export interface RecordedStart {
  readonly values: readonly string[];
  readonly threads: readonly ThreadMoment[];
  readonly waiting: readonly number[];
}

/** A run with every state on the way, as text: all that is needed to look at it step by step. */
export interface Recording {
  readonly variables: readonly string[];
  readonly threads: readonly { readonly name: string; readonly role: string }[];
  readonly start: RecordedStart;
  readonly steps: readonly RecordedStep[];
}

/** Runs a system by its generators and records what happens. */
export class Recorder {
  readonly machine: Machine;
  /** The state reached. A failed assertion leads to none, and so leaves it as it was. */
  state: MachineState;
  readonly start: RecordedStart;

  /** @throws ModelError if a thread breaks the contract on the way to its first operation */
  constructor(system: System) {
    this.machine = new Machine(system);
    this.state = this.machine.initial().state;
    this.start = {
      values: system.shared.variables.map(({ domain, initial }) => showValue(domain[initial])),
      threads: this.state.places.map(momentOf),
      waiting: this.waiting(),
    };
  }

  /** Takes a step; nothing if it is impossible in the state reached. */
  take(move: Move): RecordedStep | undefined {
    const { thread, choices } = move;
    const steps = this.machine.stepsOf(this.state, thread);
    const step = steps.find((other) => other.move.choices.join() === choices.join());
    if (step === undefined) return undefined;
    const before = this.state.values;
    this.state = step.after ?? this.state;
    const { values, places } = this.state;
    const { variables } = this.machine.system.shared;
    return {
      trace: traceStep(this.machine, step),
      thread,
      changes: variables.flatMap(({ domain }, i) => {
        const value = values[i] as number;
        return value === before[i] ? [] : [[i, showValue(domain[value])] as const];
      }),
      after: momentOf(places[thread] as Place),
      waiting: this.waiting(),
    };
  }

  private waiting(): readonly number[] {
    return this.state.places.flatMap(({ operation }, thread) =>
      operation !== undefined && this.machine.stepsOf(this.state, thread).length === 0
        ? [thread]
        : [],
    );
  }
}

/**
 * Records a schedule from the initial state on.
 *
 * @throws RangeError if a step of it is impossible
 */
export function record(system: System, moves: readonly Move[]): Recording {
  const recorder = new Recorder(system);
  const steps = moves.map((move, i) => {
    const step = recorder.take(move);
    if (step === undefined) {
      throw new RangeError(`step ${i + 1} of the schedule is impossible for thread ${move.thread}`);
    }
    return step;
  });
  return {
    variables: system.shared.variables.map(({ name }) => name),
    threads: system.threads.map(({ name, role }) => ({ name, role })),
    start: recorder.start,
    steps,
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
