import type { EngineOptions, Outcome } from '../engine/engine.ts';
import type { Prepared } from '../search/explore.ts';

/** In `Arrows.targets`: the step leads to no state that counts. All others are not below 0. */
export const NOWHERE = -1;

/** More threads than this do not fit the bits of a number. */
export const THREADS_MAX = 30;

/**
 * Steps between states that are numbered from 0. State `s` has the steps number `offsets[s]` to
 * `offsets[s + 1]`, in the order of the expander.
 */
export interface Arrows {
  readonly states: number;
  readonly offsets: Uint32Array;
  /** By step, the state that it leads to, or `NOWHERE`. */
  readonly targets: Int32Array;
}

/** Steps, and what happens in them. */
export interface Graph extends Arrows {
  readonly threads: number;
  /** By step, the thread that moves. */
  readonly movers: Uint8Array;
  /** By step, the number in `HappeningLists` of what happens. */
  readonly happened: Uint16Array;
}

/** All steps between the states of a search. */
export interface AllSteps extends Arrows {
  /** The number of the initial state. */
  readonly initial: number;
}

/** Some states of a search, with numbers of their own: at least those that lie on cycles. */
export interface Cycles {
  readonly states: States;
  /** All of their steps. Those that lead to other states count as leading `NOWHERE`. */
  readonly graph: Graph;
  /** The numbers that they have among all states; rising. */
  readonly numbers: Int32Array;
}

/** States by number. */
export interface States {
  readonly count: number;
  /** Shows every state: its number, and where it is packed. */
  each(show: (state: number, words: Int32Array, at: number) => void): void;
}

/** Is called with how many states were dealt with since the last call; may throw to end a pass. */
export type Look = (states: number) => void;

/** What a search leaves behind for a second pass over its states. */
export interface Explored {
  readonly outcome: Outcome;
  readonly states: States;
  /** What it takes to list steps, beside what is listed; it is not given back. */
  readonly listingBytes: number;
  /**
   * Finds the states that may lie on cycles, and takes each of their steps once more.
   *
   * @throws RangeError if there is no memory for it
   */
  cycles(look: Look): Cycles;
  /**
   * Takes every step once more and keeps them all.
   *
   * @throws RangeError if there is no memory for it
   */
  allSteps(look: Look): AllSteps;
}

/** A search that a second pass can follow. */
export type Explore = (prepared: Prepared, options: EngineOptions) => Explored;

/** Moves to a bigger array. */
export function grown<A extends Int32Array | Uint8Array | Uint16Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** The threads that can move in a state, as bits. */
export function enabledIn({ offsets, movers }: Graph, state: number): number {
  let enabled = 0;
  for (let step = offsets[state]!; step < offsets[state + 1]!; step++) {
    enabled |= 1 << movers[step]!;
  }
  return enabled;
}
