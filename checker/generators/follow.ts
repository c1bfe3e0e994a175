import type { Move } from '../engine/engine.ts';
import type { Machine, MachineState, Transition } from './machine.ts';
import { actionText } from './operation-text.ts';

/** A move that is impossible in a state. */
export interface Divergence {
  readonly expected: string;
  /** What the thread can do instead. */
  readonly found: string;
}

/** The step of a move, or why there is none. */
export function follow(
  machine: Machine,
  state: MachineState,
  move: Move,
): { readonly step: Transition } | { readonly divergence: Divergence } {
  const step = machine.stepsOf(state, move.thread).find((other) => sameMove(other.move, move));
  if (step !== undefined) return { step };
  const found = possibleInstead(machine, state, move);
  return { divergence: { expected: moveText(machine, move), found } };
}

function sameMove(one: Move, other: Move): boolean {
  return one.thread === other.thread && one.choices.join() === other.choices.join();
}

/** A move in words, for messages. */
export function moveText(machine: Machine, { thread, choices }: Move): string {
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
