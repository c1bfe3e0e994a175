import { FAILED_STEP } from '../codegen/edges.ts';
import { type Graph, grown, type Look, NOWHERE } from '../liveness/graph.ts';
import type { Prepared } from '../search/explore.ts';
import type { Shard } from './shard.ts';

/** What the shard does not know. */
interface About {
  /** The partition of the initial state, which is its first. */
  readonly first: number;
  /** How many steps there are, without those that fail an assertion. */
  readonly steps: number;
}

/**
 * Lists every step between the states of a shard, which must be all of the search's.
 *
 * @throws RangeError if there is no memory for it
 */
export function listGraph(
  shard: Shard,
  { compiled, code }: Prepared,
  { first, steps }: About,
  look: Look,
): Graph {
  const threads = compiled.automata.length;
  const bases = shard.numberStates();
  const states = bases.at(-1)!;
  const offsets = new Uint32Array(states + 1);
  let targets = new Int32Array(steps);
  let movers = new Uint8Array(steps);
  let happened = new Uint16Array(steps);
  let [state, edge] = [0, 0];
  const join = (a: number, b: number) => code.happenings.join(a, b);
  shard.eachEdges(threads, join, ({ counts, edges }) => {
    look(counts.length / threads);
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
        for (const end = at + 2 * (counts[i + thread]! % FAILED_STEP); at < end; at += 2) {
          targets[edge] = edges[at]!;
          happened[edge] = edges[at + 1]!;
          movers[edge++] = thread;
        }
      }
      // Behind all others, as in the interpreter's expander.
      for (let thread = 0; thread < threads; thread++) {
        for (let n = Math.floor(counts[i + thread]! / FAILED_STEP); n > 0; n--) {
          targets[edge] = NOWHERE;
          movers[edge++] = thread;
        }
      }
    }
  });
  offsets[states] = edge;
  return { states, threads, initial: bases[first]!, offsets, targets, movers, happened };
}
