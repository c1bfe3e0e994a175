import type { Move } from '../engine/engine.ts';
import { Expander } from './expander.ts';
import type { FirstFailure, Prepared } from './explore.ts';
import { FailingEdges } from './failing-edges.ts';
import { Layer, NEVER } from './layer.ts';
import { initialState } from './layout.ts';

/** Is shown a packed state at `words[at]`, which stays there only as long as the call. */
export type Show = (words: Int32Array, at: number) => void;

/** The states of a finished search by their distance from the initial one. */
export interface Levels {
  /**
   * Shows the states of a level, or fewer: at least those from which a step leads into `layer`, or
   * violates the claim where there is no layer.
   */
  eachPredecessor(level: number, layer: Layer | undefined, claim: string, show: Show): void;
}

/** What a state is as the representative of its orbit. */
export interface Representative {
  readonly words: Int32Array;
  /** `threads[t]`: what thread `t` of the state is called in the representative. */
  readonly threads: readonly number[];
}

/** Where the search kept representatives only: finds that of the state at `words[at]`. */
export type Represent = (words: Int32Array, at: number) => Representative;

/** Is told an edge: who moves, the fewest switches after it, its choices, and where it leads. */
type Visit = (
  thread: number,
  cost: number,
  choices: readonly number[],
  to: Int32Array | undefined,
) => void;

/**
 * Rebuilds a schedule from the levels of a search: no state knows its predecessor. Goes backwards
 * from the failure, keeping in each level the states with a successor in the layer behind it, and
 * with them the fewest thread switches from there on; then walks forwards along the cheapest. This
 * expands each level before the failure once more, so it costs about as much as the search did.
 *
 * The choice among equals is the lowest thread, then its first edge: it depends on nothing but the
 * system and the failure. That holds with symmetry too: the walk goes through states as they are,
 * and looks up the costs of their representatives under the names of the threads there.
 */
export function shortestSchedule(
  prepared: Prepared,
  levels: Levels,
  failure: FirstFailure,
  represent?: Represent,
): readonly Move[] {
  return new Rebuilder(prepared, levels, failure, represent).rebuild();
}

class Rebuilder {
  private readonly prepared: Prepared;
  private readonly levels: Levels;
  private readonly failure: FirstFailure;
  private readonly represent: Represent;
  private readonly expander: Expander;
  private readonly failingEdges: FailingEdges;
  private readonly threads: number;

  constructor(
    prepared: Prepared,
    levels: Levels,
    failure: FirstFailure,
    represent: Represent | undefined,
  ) {
    const { compiled, layout, code } = prepared;
    this.prepared = prepared;
    this.levels = levels;
    this.failure = failure;
    this.threads = compiled.automata.length;
    const itself = compiled.automata.map((_, thread) => thread);
    this.represent =
      represent ??
      ((words, at) => ({ words: words.slice(at, at + layout.wordCount), threads: itself }));
    this.expander = new Expander(compiled, layout, code, true);
    this.failingEdges = new FailingEdges(prepared);
  }

  rebuild(): readonly Move[] {
    const { length } = this.failure;
    if (length === 0) return [];
    const layers: Layer[] = new Array(length);
    for (let level = length - 1; level >= 0; level--) {
      layers[level] = this.layer(level, layers[level + 1]);
    }
    return this.walk(layers);
  }

  /** The states of a level that lead into `after`, or to the failure itself if there is none. */
  private layer(level: number, after: Layer | undefined): Layer {
    const layer = new Layer(this.prepared.layout.wordCount, this.threads);
    this.levels.eachPredecessor(level, after, this.failure.claim, (words, at) => {
      const costs = new Array<number>(this.threads).fill(NEVER);
      this.eachEdge(words, at, after, (thread, cost) => {
        if (cost < costs[thread]!) costs[thread] = cost;
      });
      if (costs.every((cost) => cost === NEVER)) return;
      const { words: representative, threads } = this.represent(words, at);
      const renamed = costs.slice();
      threads.forEach((name, thread) => {
        renamed[name] = costs[thread]!;
      });
      layer.add(representative, 0, renamed);
    });
    return layer;
  }

  private walk(layers: readonly Layer[]): readonly Move[] {
    const { compiled, layout } = this.prepared;
    const moves: Move[] = [];
    let state: Int32Array | undefined = initialState(
      layout,
      compiled.automata.map(({ entry }) => entry),
    );
    let last: number | undefined;
    for (let level = 0; level < layers.length; level++) {
      let best: { cost: number; move: Move; to: Int32Array | undefined } | undefined;
      if (state === undefined) throw new Error(`the failure is at level ${level}`);
      this.eachEdge(state, 0, layers[level + 1], (thread, cost, choices, to) => {
        const switches = cost + Number(last !== undefined && thread !== last);
        if (best === undefined || switches < best.cost) {
          best = { cost: switches, move: { thread, choices }, to };
        }
      });
      if (best === undefined) throw new Error(`no way on from level ${level}`);
      moves.push(best.move);
      state = best.to;
      last = best.move.thread;
    }
    return moves;
  }

  /** Calls `visit` for each edge towards the failure with the fewest switches after it. */
  private eachEdge(words: Int32Array, at: number, after: Layer | undefined, visit: Visit): void {
    const { wordCount } = this.prepared.layout;
    const { expander } = this;
    if (after === undefined) {
      this.failingEdges.each(words, at, this.failure.claim, (edge) =>
        visit(edge.thread, 0, edge.choices, undefined),
      );
      return;
    }
    const count = expander.expand(words, at);
    for (let i = 0; i < count; i++) {
      const to = i * wordCount;
      const { words: representative, threads } = this.represent(expander.successors, to);
      const position = after.find(representative, 0);
      if (position < 0) continue;
      const thread = expander.movers[i]!;
      const cost = after.costAfter(position, threads[thread]!);
      visit(thread, cost, expander.choices[i]!, expander.successors.slice(to, to + wordCount));
    }
  }
}
