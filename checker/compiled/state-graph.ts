import type { Shard } from './shard.ts';

/** Every step between the states of a search, as arrays. */
export interface StateGraph {
  readonly states: number;
  /** `[n]`: the first edge of state `n`; one more entry for the end. */
  readonly starts: Uint32Array;
  /** By edge, the number of the state it ends in. */
  readonly targets: Uint32Array;
  /** By edge, the thread that moves. The edges of a state are in the order of its threads. */
  readonly movers: Uint8Array;
}

/**
 * Lists every step between the states of a shard, which must be all of the search's.
 *
 * @param edgesMax at least as many as there are
 * @throws RangeError if there is no memory for it
 */
export function stateGraph(shard: Shard, threads: number, edgesMax: number): StateGraph {
  const states = shard.numberStates();
  const starts = new Uint32Array(states + 1);
  const targets = new Uint32Array(edgesMax);
  const movers = new Uint8Array(edgesMax);
  let [state, edge] = [0, 0];
  shard.eachEdges(threads, (edges) => {
    const { counts } = edges;
    targets.set(edges.targets, edge);
    for (let i = 0; i < counts.length; i += threads) {
      starts[state++] = edge;
      for (let thread = 0; thread < threads; thread++) {
        for (const end = edge + counts[i + thread]!; edge < end; edge++) movers[edge] = thread;
      }
    }
  });
  starts[states] = edge;
  return { states, starts, targets: targets.subarray(0, edge), movers: movers.subarray(0, edge) };
}
