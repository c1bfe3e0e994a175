import type { Move } from '../engine/engine.ts';
import { showValue } from '../language/value.ts';
import { brokenBy } from './broken-claims.ts';
import { type Machine, type MachineState, stateKey, type Transition } from './machine.ts';
import { traceStep } from './trace.ts';

/** A step that a thread can take, as it can be chosen. */
export interface StepOption {
  readonly move: Move;
  /** What it does, and what it gets. */
  readonly does: string;
}

/** A state to be looked for. */
export type Goal =
  | { readonly kind: 'value'; readonly variable: string; readonly value: string }
  /** A claim that the state, or the step to it, violates. */
  | { readonly kind: 'broken'; readonly claim: string }
  /** The label of the next step of some thread. */
  | { readonly kind: 'label'; readonly label: string };

/** The steps that are possible in a state, by thread. */
export function optionsIn(machine: Machine, state: MachineState): readonly StepOption[] {
  return machine
    .successors(state)
    .map((step) => ({ move: step.move, does: textOf(machine, step) }));
}

/**
 * A shortest way on, of one step or more, from a state to one in which the goal holds;
 * nothing if there is none among the first states.
 *
 * @param statesMax how many states are looked at
 */
export function wayTo(
  machine: Machine,
  from: MachineState,
  goal: Goal,
  statesMax: number,
): readonly Move[] | undefined {
  const seen = new Set([stateKey(from)]);
  let level: readonly Arrival[] = [{ state: from, before: undefined }];
  while (level.length > 0) {
    const next: Arrival[] = [];
    for (const arrival of level) {
      for (const step of machine.successors(arrival.state)) {
        const to: Arrival = {
          state: step.after ?? arrival.state,
          before: { arrival, move: step.move },
        };
        const key = stateKey(to.state);
        // A step may break a claim and lead to a state that is known.
        if (goal.kind !== 'broken' && seen.has(key)) continue;
        if (isGoal(machine, arrival.state, step, goal)) return movesTo(to);
        if (seen.has(key)) continue;
        if (seen.size >= statesMax) return undefined;
        seen.add(key);
        next.push(to);
      }
    }
    level = next;
  }
  return undefined;
}

/** A state on the way, and how it was reached. */
interface Arrival {
  readonly state: MachineState;
  readonly before: { readonly arrival: Arrival; readonly move: Move } | undefined;
}

function movesTo(arrival: Arrival): readonly Move[] {
  const moves: Move[] = [];
  for (let { before } = arrival; before !== undefined; before = before.arrival.before) {
    moves.unshift(before.move);
  }
  return moves;
}

function isGoal(machine: Machine, from: MachineState, step: Transition, goal: Goal): boolean {
  const state = step.after ?? from;
  switch (goal.kind) {
    case 'value':
      return machine.system.shared.variables.some(
        ({ name, domain }, i) =>
          name === goal.variable && showValue(domain[state.values[i] as number]) === goal.value,
      );
    case 'label':
      return state.places.some(
        ({ operation, frames }) =>
          operation?.label === goal.label ||
          frames.some((frame) => frame.kind === 'call' && frame.label === goal.label),
      );
    case 'broken':
      return brokenBy(machine, from, step).some(({ claim }) => claim === goal.claim);
  }
}

function textOf(machine: Machine, step: Transition): string {
  return traceStep(machine, step)
    .operations.map(({ label, action, result }) =>
      [
        label === undefined ? '' : `${label}: `,
        action,
        result === undefined ? '' : ` → ${result}`,
      ].join(''),
    )
    .join('; ');
}
