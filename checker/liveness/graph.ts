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

/** The threads that can move in a state, as bits. */
export function enabledIn({ offsets, movers }: Graph, state: number): number {
  let enabled = 0;
  for (let step = offsets[state]!; step < offsets[state + 1]!; step++) {
    enabled |= 1 << movers[step]!;
  }
  return enabled;
}
