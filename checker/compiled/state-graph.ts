import { FAILED_STEP } from '../codegen/edges.ts';
import type { HappeningLists } from '../search/happenings.ts';
import type { Shard } from './shard.ts';

/** In `StateGraph.targets`: the step fails an assertion and leads nowhere. */
export const NOWHERE = -1;

/** Every step between the states of a search, as arrays. */
export interface StateGraph {
  readonly states: number;
  /** `[n]`: the first edge of state `n`; one more entry for the end. */
  readonly offsets: Uint32Array;
  /** By edge, the number of the state it ends in, or `NOWHERE`. */
  readonly targets: Int32Array;
  /** By edge, the thread that moves. The edges of a state are in the order of its threads. */
  readonly movers: Uint8Array;
  /** By edge, the number of the list of what happens. */
  readonly happened: Uint16Array;
}

/**
 * Lists every step between the states of a shard, which must be all of the search's.
 *
 * @param steps how many there are, without those that fail an assertion
 * @throws RangeError if there is no memory for it
 */
export function stateGraph(
  shard: Shard,
  threads: number,
  steps: number,
  lists: HappeningLists,
): StateGraph {
  const states = shard.numberStates();
  const offsets = new Uint32Array(states + 1);
  let targets = new Int32Array(steps);
  let movers = new Uint8Array(steps);
  let happened = new Uint16Array(steps);
  let [state, edge] = [0, 0];
  const join = (a: number, b: number) => lists.join(a, b);
  shard.eachEdges(threads, join, ({ counts, edges }) => {
    const failed = counts.reduce((sum, count) => sum + Math.floor(count / FAILED_STEP), 0);
    if (edge + edges.length / 2 + failed > targets.length) {
      const room = Math.ceil(1.5 * targets.length) + failed;
      targets = grown(targets, new Int32Array(room));
      movers = grown(movers, new Uint8Array(room));
      happened = grown(happened, new Uint16Array(room));
    }
    let at = 0;
    for (let i = 0; i < counts.length; i += threads) {
      offsets[state++] = edge;
      for (let thread = 0; thread < threads; thread++) {
        const count = counts[i + thread]!;
        for (const end = at + 2 * (count % FAILED_STEP); at < end; at += 2) {
          targets[edge] = edges[at]!;
          happened[edge] = edges[at + 1]!;
          movers[edge++] = thread;
        }
        for (let failed = Math.floor(count / FAILED_STEP); failed > 0; failed--) {
          targets[edge] = NOWHERE;
          movers[edge++] = thread;
        }
      }
    }
  });
  offsets[states] = edge;
  return { states, offsets, targets, movers, happened };
}

function grown<A extends Int32Array | Uint8Array | Uint16Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
