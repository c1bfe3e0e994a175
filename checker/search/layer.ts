import { Slice } from './slice.ts';

/** More switches than any schedule has. */
export const NEVER = 0x7fffffff;

/** States of one level that lie on a shortest way to a failure, with what is left from them. */
export class Layer {
  private readonly states: Slice;
  private readonly wordCount: number;
  private readonly threads: number;
  /** `costs[position * threads + t]`: thread switches from the state on if `t` moves next. */
  private costs: Int32Array;

  constructor(wordCount: number, threads: number) {
    this.states = new Slice(wordCount);
    this.wordCount = wordCount;
    this.threads = threads;
    this.costs = new Int32Array(16 * threads);
  }

  get count(): number {
    return this.states.count;
  }

  /** The packed states, one after the other. */
  get words(): Int32Array {
    return this.states.log.subarray(0, this.count * this.wordCount);
  }

  /** Adds the state at `words[at]`, which is not there yet. */
  add(words: Int32Array, at: number, costs: readonly number[]): void {
    const { threads } = this;
    const position = this.count;
    this.states.addAll(words, at, at + this.wordCount, () => {});
    if ((position + 1) * threads > this.costs.length) {
      const bigger = new Int32Array(2 * this.costs.length);
      bigger.set(this.costs);
      this.costs = bigger;
    }
    this.costs.set(costs, position * threads);
  }

  /** The position of the state at `words[at]`, or -1. */
  find(words: Int32Array, at: number): number {
    return this.states.find(words, at);
  }

  /** The switches from the state at a position on, after a step of `thread` that led there. */
  costAfter(position: number, thread: number): number {
    let best = NEVER;
    for (let next = 0; next < this.threads; next++) {
      const cost = this.costs[position * this.threads + next]!;
      if (cost < NEVER) best = Math.min(best, cost + Number(next !== thread));
    }
    return best;
  }
}
