import type { Move } from '../engine/engine.ts';
import type { Machine } from '../generators/machine.ts';
import { type Recording, record } from '../generators/recording.ts';
import { type Goal, optionsIn, type StepOption, wayTo } from '../generators/steering.ts';

/** More states than this are not looked at for a goal. */
const GOAL_STATES_MAX = 30_000;

/** What the page of a live system asks for. */
export interface LiveRequest {
  /** From the initial state. */
  readonly moves: readonly Move[];
  /** Go on to the nearest state in which this holds. */
  readonly goal?: Goal;
}

/** The run asked for, and how it can go on. */
export interface LiveAnswer {
  readonly moves: readonly Move[];
  readonly recording: Recording;
  readonly options: readonly StepOption[];
  /** Whether there is no way to the goal among the states that were looked at. */
  readonly isLost: boolean;
}

/**
 * Runs the moves and, if there is a goal, on to it.
 *
 * @throws RangeError if a move is impossible
 */
export function answerLive(machine: Machine, { moves, goal }: LiveRequest): LiveAnswer {
  const { state } = record(machine, moves);
  const way = goal === undefined ? [] : wayTo(machine, state, goal, GOAL_STATES_MAX);
  const all = [...moves, ...(way ?? [])];
  const reached = record(machine, all);
  return {
    moves: all,
    recording: reached.recording,
    options: optionsIn(machine, reached.state),
    isLost: way === undefined,
  };
}
