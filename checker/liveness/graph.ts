import type { EngineOptions, Outcome } from '../engine/engine.ts';
import type { Prepared } from '../search/explore.ts';

/** In `Graph.targets`: the step fails an assertion and leads nowhere. */
export const NOWHERE = -1;

/** More threads than this do not fit the bits of a number. */
export const THREADS_MAX = 30;

/**
 * The states of a finished search, numbered from 0, with all steps between them. State `s` has the
 * steps number `offsets[s]` to `offsets[s + 1]`, in the order of the expander.
 */
export interface Graph {
  readonly states: number;
  readonly threads: number;
  /** The number of the initial state. */
  readonly initial: number;
  readonly offsets: Uint32Array;
  /** By step, the state that it leads to, or `NOWHERE`. */
  readonly targets: Int32Array;
  /** By step, the thread that moves. */
  readonly movers: Uint8Array;
  /** By step, the number in `HappeningLists` of what happens. */
  readonly happened: Uint16Array;
}

/** The states of a finished search, by number. */
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
  /**
   * Takes every step once more and keeps them all.
   *
   * @throws RangeError if there is no memory for it
   */
  graph(look: Look): Graph;
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
