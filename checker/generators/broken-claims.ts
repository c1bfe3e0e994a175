import { DEADLOCK } from '../language/claim.ts';
import { type Finding, judgeEvents, judgeState, judgeTransition } from './judge.ts';
import { type Machine, type MachineState, type Transition, unfinished } from './machine.ts';
import { deadlockOf } from './wording.ts';

/** A claim that fails, and what exactly failed. */
export interface BrokenClaim {
  readonly claim: string;
  readonly because: string;
}

/** The claims that the beginning of a system violates. */
export function brokenAtStart(machine: Machine): readonly BrokenClaim[] {
  const { state, events } = machine.initial();
  return brokenIn(machine, state, judgeEvents(machine, state, events));
}

/** The claims that a step, or the state that it leads to, violates. */
export function brokenBy(
  machine: Machine,
  from: MachineState,
  step: Transition,
): readonly BrokenClaim[] {
  return brokenIn(machine, step.after ?? from, judgeTransition(machine, from, step));
}

/** Indices of the threads that cannot move, finished ones left out. */
export function waitingIn(machine: Machine, state: MachineState): readonly number[] {
  return state.places.flatMap(({ operation }, thread) =>
    operation !== undefined && machine.stepsOf(state, thread).length === 0 ? [thread] : [],
  );
}

function brokenIn(
  machine: Machine,
  state: MachineState,
  findings: readonly Finding[],
): readonly BrokenClaim[] {
  const left = unfinished(machine, state);
  const isDeadlock = left.length > 0 && left.length === waitingIn(machine, state).length;
  return [
    ...[...findings, ...judgeState(machine, state)].flatMap(({ claim, because }) =>
      because === undefined ? [] : [{ claim, because }],
    ),
    ...(isDeadlock ? [{ claim: DEADLOCK, because: deadlockOf(left) }] : []),
  ];
}
