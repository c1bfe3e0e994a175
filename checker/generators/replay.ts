import type { TraceStep, Why } from '../check/result.ts';
import type { Move } from '../engine/engine.ts';
import { ASSERTIONS, DEADLOCK } from '../language/claim.ts';
import type { System } from '../language/system.ts';
import { type Finding, judgeEvents, judgeState, judgeTransition } from './judge.ts';
import { Machine, type MachineState, type Transition, unfinished } from './machine.ts';
import { actionText } from './operation-text.ts';
import { traceStep } from './trace.ts';
import { whyOf } from './why.ts';
import { deadlockOf } from './wording.ts';

/** What became of a schedule when it was run again. */
export type Replay =
  | {
      /** The claim fails. */
      readonly result: 'reproduced';
      /** What exactly failed. */
      readonly because: string;
      readonly why: Why;
      /** Up to the one that shows the failure. */
      readonly steps: readonly TraceStep[];
    }
  | {
      /** The schedule runs to its end and the claim holds all the way. */
      readonly result: 'fixed';
      readonly steps: readonly TraceStep[];
    }
  | {
      /** The schedule is not one of this system. */
      readonly result: 'diverged';
      /** Index into the schedule of the first move that is impossible. */
      readonly at: number;
      readonly expected: string;
      readonly found: string;
      /** The moves before it. */
      readonly steps: readonly TraceStep[];
    };

/**
 * Runs a schedule by the generators of its system and judges one claim after each step.
 *
 * @throws ModelError if the system breaks the contract on the way
 * @throws RangeError if the system has no such claim
 */
export function replay(system: System, claim: string, schedule: readonly Move[]): Replay {
  const ids = [...system.claims.map(({ id }) => id), ASSERTIONS, DEADLOCK];
  if (!ids.includes(claim)) {
    throw new RangeError(`no claim ${claim}; expected one of ${ids.join(', ')}`);
  }
  const machine = new Machine(system);
  const steps: TraceStep[] = [];
  const { events, state: initial } = machine.initial();
  let because = reasonFor(claim, [
    ...judgeEvents(machine, initial, events),
    ...findingsIn(machine, initial, claim),
  ]);
  let state = initial;
  let last: Transition | undefined;
  const states: [MachineState, ...MachineState[]] = [initial];
  for (const [at, move] of schedule.entries()) {
    if (because !== undefined) break;
    const step = machine.stepsOf(state, move.thread).find((other) => sameMove(other.move, move));
    if (step === undefined) {
      const found = possibleInstead(machine, state, move);
      return { result: 'diverged', at, expected: moveText(machine, move), found, steps };
    }
    steps.push(traceStep(machine, step));
    because = reasonFor(claim, findingsOf(machine, state, step, claim));
    state = step.after ?? state;
    states.push(state);
    last = step;
    if (step.after === undefined && because === undefined && at + 1 < schedule.length) {
      const expected = moveText(machine, schedule[at + 1] as Move);
      const found = `the step before ends the run: ${step.failure?.message}`;
      return { result: 'diverged', at: at + 1, expected, found, steps };
    }
  }
  if (because === undefined) return { result: 'fixed', steps };
  const why = whyOf(machine, { claim, because, states, steps, last });
  return { result: 'reproduced', because, why, steps };
}

function findingsOf(
  machine: Machine,
  from: MachineState,
  step: Transition,
  claim: string,
): readonly Finding[] {
  const findings = judgeTransition(machine, from, step);
  const { after } = step;
  return after === undefined ? findings : [...findings, ...findingsIn(machine, after, claim)];
}

function findingsIn(machine: Machine, state: MachineState, claim: string): readonly Finding[] {
  if (claim !== DEADLOCK) return judgeState(machine, state);
  const waiting = unfinished(machine, state);
  return waiting.length === 0 || machine.successors(state).length > 0
    ? []
    : [{ claim, premises: 1, because: deadlockOf(waiting) }];
}

function reasonFor(claim: string, findings: readonly Finding[]): string | undefined {
  return findings.find((finding) => finding.claim === claim && finding.because !== undefined)
    ?.because;
}

function sameMove(one: Move, other: Move): boolean {
  return one.thread === other.thread && one.choices.join() === other.choices.join();
}

function moveText(machine: Machine, { thread, choices }: Move): string {
  const name = machine.system.threads[thread]?.name ?? `thread ${thread}`;
  return choices.length === 0 ? `a step of ${name}` : `a step of ${name}, choosing ${choices}`;
}

function possibleInstead(machine: Machine, state: MachineState, { thread }: Move): string {
  const name = machine.system.threads[thread]?.name;
  if (name === undefined) return `${machine.system.threads.length} threads`;
  const operation = state.places[thread]?.operation;
  if (operation === undefined) return `${name} has finished`;
  const steps = machine.stepsOf(state, thread);
  if (steps.length === 0) return `${name} waits: ${actionText(operation)}`;
  const choices = steps.map(({ move }) => move.choices.join()).filter((text) => text !== '');
  return choices.length === 0 ? `${name} has no choice` : `choices ${choices.join(' or ')}`;
}
