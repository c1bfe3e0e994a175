import type { Move } from '../engine/engine.ts';
import { ASSERTIONS, DEADLOCK } from '../language/claim.ts';
import { Expander } from './expander.ts';
import type { FirstFailure, Prepared } from './explore.ts';
import { StateJudge } from './state-judge.ts';
import { SLICE_COUNT, type StateStore } from './state-store.ts';
import { StepJudge } from './step-judge.ts';

/** More switches than any schedule has. */
const NEVER = 0x7fffffff;

/** Is told an edge: who moves, the fewest switches after it, its choices, and where it leads. */
type Visit = (
  thread: number,
  cost: number,
  choices: readonly number[],
  to: readonly [slice: number, position: number],
) => void;

/** States of one level that lie on a shortest way to the failure. */
class Layer {
  /** Per slice and position: the number of the state in this layer. */
  private readonly numbers = new Map<number, number>();
  /** `costs[number * threads + t]`: switches from here to the failure if `t` moves next. */
  readonly costs: number[] = [];
  readonly slices: number[] = [];
  readonly positions: number[] = [];

  add(slice: number, position: number, costs: readonly number[]): void {
    this.numbers.set(position * SLICE_COUNT + slice, this.slices.length);
    this.slices.push(slice);
    this.positions.push(position);
    this.costs.push(...costs);
  }

  find(slice: number, position: number): number | undefined {
    return this.numbers.get(position * SLICE_COUNT + slice);
  }
}

/**
 * Rebuilds a schedule from the levels of a search: no state knows its predecessor. Goes backwards
 * from the failure, keeping in each level the states with a successor in the layer behind it, and
 * with them the fewest thread switches from there on; then walks forwards along the cheapest. This
 * expands each level before the failure once more, so it costs about as much as the search did.
 *
 * The choice among equals is the lowest thread, then its first edge: it depends on nothing but the
 * system and the failure.
 */
export function shortestSchedule(
  prepared: Prepared,
  store: StateStore,
  failure: FirstFailure,
): readonly Move[] {
  return new Rebuilder(prepared, store, failure).rebuild();
}

class Rebuilder {
  private readonly prepared: Prepared;
  private readonly store: StateStore;
  private readonly failure: FirstFailure;
  private readonly expander: Expander;
  private readonly stateJudge: StateJudge;
  private readonly stepJudge: StepJudge;
  private readonly threads: number;

  constructor(prepared: Prepared, store: StateStore, failure: FirstFailure) {
    const { compiled, layout, code } = prepared;
    this.prepared = prepared;
    this.store = store;
    this.failure = failure;
    this.threads = compiled.automata.length;
    this.expander = new Expander(compiled, layout, code, true);
    this.stateJudge = new StateJudge(compiled, layout);
    this.stepJudge = new StepJudge(compiled, layout, code.happenings, this.stateJudge);
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
    const layer = new Layer();
    const starts = this.store.levelStarts[level]!;
    const ends = this.store.levelStarts[level + 1]!;
    for (let slice = 0; slice < SLICE_COUNT; slice++) {
      for (let position = starts[slice]!; position < ends[slice]!; position++) {
        const costs = this.costs(slice, position, after);
        if (costs !== undefined) layer.add(slice, position, costs);
      }
    }
    return layer;
  }

  private costs(slice: number, position: number, after: Layer | undefined) {
    const best = new Array<number>(this.threads).fill(NEVER);
    this.eachEdge(slice, position, after, (thread, cost) => {
      if (cost < best[thread]!) best[thread] = cost;
    });
    return best.some((cost) => cost < NEVER) ? best : undefined;
  }

  private walk(layers: readonly Layer[]): readonly Move[] {
    const moves: Move[] = [];
    let [slice, position] = [layers[0]!.slices[0]!, layers[0]!.positions[0]!];
    let last: number | undefined;
    for (let level = 0; level < layers.length; level++) {
      let best: { cost: number; move: Move; to: readonly [number, number] } | undefined;
      this.eachEdge(slice, position, layers[level + 1], (thread, cost, choices, to) => {
        const switches = cost + Number(last !== undefined && thread !== last);
        if (best === undefined || switches < best.cost) {
          best = { cost: switches, move: { thread, choices }, to };
        }
      });
      if (best === undefined) throw new Error(`no way on from level ${level}`);
      moves.push(best.move);
      [slice, position] = best.to;
      last = best.move.thread;
    }
    return moves;
  }

  /** Calls `visit` for each edge towards the failure with the fewest switches after it. */
  private eachEdge(slice: number, position: number, after: Layer | undefined, visit: Visit): void {
    const { wordCount } = this.prepared.layout;
    const { expander } = this;
    const { log } = this.store.slices[slice]!;
    const count = expander.expand(log, position * wordCount);
    if (after === undefined) {
      this.eachFailingEdge(log, position * wordCount, count, visit);
      return;
    }
    for (let i = 0; i < count; i++) {
      const place = this.store.find(expander.successors, i * wordCount);
      const number = place && after.find(place.slice, place.position);
      if (place === undefined || number === undefined) continue;
      const thread = expander.movers[i]!;
      visit(thread, this.costAfter(after, number, thread), expander.choices[i]!, [
        place.slice,
        place.position,
      ]);
    }
  }

  private costAfter(after: Layer, number: number, thread: number): number {
    let best = NEVER;
    for (let next = 0; next < this.threads; next++) {
      const cost = after.costs[number * this.threads + next]!;
      if (cost < NEVER) best = Math.min(best, cost + Number(next !== thread));
    }
    return best;
  }

  private eachFailingEdge(log: Int32Array, at: number, count: number, visit: Visit): void {
    const { wordCount } = this.prepared.layout;
    const { expander } = this;
    const nowhere = [-1, -1] as const;
    // Copied, because the test for a deadlock expands another state.
    const suspects = expander.suspects
      .slice(0, expander.suspectCount)
      .map((suspect) => ({ ...suspect }));
    const successors = expander.successors.slice(0, count * wordCount);
    const movers = expander.movers.slice(0, count);
    const choices = expander.choices.slice(0, count);
    const failing = new Set<number>();
    for (const suspect of suspects) {
      const to = suspect.successor * wordCount;
      const failed = this.stepJudge.judgeStep(suspect, log, at, successors, to);
      if (!failed.some(({ claim }) => claim === this.failure.claim)) continue;
      if (suspect.failure === undefined) failing.add(suspect.successor);
      else visit(suspect.thread, 0, suspect.choices, nowhere);
    }
    for (let i = 0; i < count; i++) {
      if (failing.has(i) || this.failsIn(successors, i * wordCount)) {
        visit(movers[i]!, 0, choices[i]!, nowhere);
      }
    }
  }

  private failsIn(words: Int32Array, at: number): boolean {
    const { claim } = this.failure;
    if (claim === DEADLOCK) {
      this.expander.expand(words, at);
      return this.expander.transitions === 0 && !this.expander.finished;
    }
    if (claim === ASSERTIONS) return false;
    return this.stateJudge.judge(words, at).some((failed) => failed.claim === claim);
  }
}
