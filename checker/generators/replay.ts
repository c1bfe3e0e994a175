import type { LoopReport, TraceStep, Why } from '../check/result.ts';
import type { Move } from '../engine/engine.ts';
import { ASSERTIONS, DEADLOCK } from '../language/claim.ts';
import type { System } from '../language/system.ts';
import { follow, moveText } from './follow.ts';
import { type Finding, judgeEvents, judgeState, judgeTransition } from './judge.ts';
import { replayLasso } from './liveness/replay-lasso.ts';
import { Machine, type MachineState, type Transition, unfinished } from './machine.ts';
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
      /** Nothing for a claim over infinite runs, which fails in no single state. */
      readonly why: Why;
      /** Up to the one that shows the failure; for a claim over infinite runs up to the loop. */
      readonly steps: readonly TraceStep[];
      /** For a claim over infinite runs: what goes on for ever. */
      readonly loop?: LoopReport;
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
 * Runs a schedule by the generators of its system and judges one claim after each step, or, if the
 * claim is one over infinite runs, the run that goes round the loop for ever.
 *
 * @param loop the moves of the loop, for a claim over infinite runs only
 * @throws ModelError if the system breaks the contract on the way
 * @throws RangeError if the system has no such claim
 */
export function replay(
  system: System,
  claim: string,
  schedule: readonly Move[],
  loop: readonly Move[] = [],
): Replay {
  const liveness = system.liveness ?? [];
  const endless = liveness.find(({ id }) => id === claim);
  if (endless !== undefined) return replayLasso(system, endless, schedule, loop);
  const ids = [...system.claims.map(({ id }) => id), ASSERTIONS, DEADLOCK];
  if (!ids.includes(claim)) {
    const known = [...ids, ...liveness.map(({ id }) => id)];
    throw new RangeError(`no claim ${claim}; expected one of ${known.join(', ')}`);
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
    const followed = follow(machine, state, move);
    if ('divergence' in followed) return { result: 'diverged', at, ...followed.divergence, steps };
    const { step } = followed;
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
