import type { Limits, Move } from '../engine/engine.ts';
import type { OperationKind } from '../language/shrinking.ts';
import type { Prepared } from './explore.ts';
import { FailingEdges } from './failing-edges.ts';
import { FieldMap, initialState } from './layout.ts';
import { Slice } from './slice.ts';

/** What a schedule costs, dearest first: operations by kind, thread switches, steps. */
export interface Cost {
  readonly operations: readonly number[];
  readonly threadSwitches: number;
  readonly steps: number;
}

export type Cheapest =
  /** No schedule that violates the claim is cheaper. */
  | { readonly found: 'schedule'; readonly cost: Cost; readonly moves: readonly Move[] }
  /** No schedule with as many operations, or fewer, violates the claim. */
  | { readonly found: 'none' }
  /** A limit ended the search. */
  | { readonly found: 'unknown' };

export interface CheapestOptions {
  readonly kinds: readonly OperationKind[];
  /** The most operations of each kind, compared like costs; no bound if absent. */
  readonly operationsMax?: readonly number[];
  readonly limits: Limits;
  /** Asked every few thousand states whether to go on. */
  readonly shallStop: (states: number) => boolean;
}

/** Costs are one number with these places; a schedule that needs more is not looked for. */
const STEPS = 2 ** 20;
const SWITCHES = 2 ** 10;
const OPERATIONS = 2 ** 6;
const STATES_PER_LOOK = 4096;

/**
 * The cheapest schedule that violates a claim, by the algorithm of Dijkstra over states and the
 * thread that moved last ("A note on two problems in connexion with graphs", 1959). Costs are
 * compared place by place, so this is exact: all that is cheaper was looked at.
 */
export function cheapestSchedule(
  prepared: Prepared,
  claim: string,
  options: CheapestOptions,
): Cheapest {
  return new CheapestSearch(prepared, claim, options).run();
}

class CheapestSearch {
  private readonly prepared: Prepared;
  private readonly claim: string;
  private readonly options: CheapestOptions;
  private readonly edges: FailingEdges;
  private readonly states: Slice;
  private readonly threads: number;
  /** A node is a state and the thread that moved last: `position * (threads + 1) + last + 1`. */
  private costs = new Float64Array(1024).fill(Infinity);
  private parents = new Float64Array(1024);
  /** Numbers in `choices` of the options that were picked on the way to a node. */
  private picked = new Int32Array(1024);
  private readonly choices: (readonly number[])[] = [];
  private readonly choiceNumbers = new Map<string, number>();
  private readonly queue = new Queue();
  private readonly spent: readonly (readonly { word: number; shift: number; mask: number }[])[];
  private best: { cost: number; node: number; move: Move } | undefined;

  constructor(prepared: Prepared, claim: string, options: CheapestOptions) {
    const { compiled, layout } = prepared;
    this.prepared = prepared;
    this.claim = claim;
    this.options = options;
    this.edges = new FailingEdges(prepared);
    this.states = new Slice(layout.wordCount);
    this.threads = compiled.automata.length;
    const fields = new FieldMap(layout);
    this.spent = options.kinds.map(({ spends }) =>
      layout.variables.filter(({ name }) => spends.includes(name)).map((one) => fields.of(one)),
    );
  }

  run(): Cheapest {
    const { compiled, layout } = this.prepared;
    const entries = compiled.automata.map(({ entry }) => entry);
    const initial = initialState(layout, entries);
    if (this.edges.failsIn(initial, 0, this.claim)) return this.answer(0, []);
    const start = this.reach(initial, 0, -1, 0, -1, []);
    const started = performance.now();
    const bound = this.bound();
    for (let popped = 0; ; popped++) {
      const cost = this.queue.leastCost();
      if (this.best !== undefined && (cost === undefined || cost >= this.best.cost)) break;
      if (cost === undefined || cost >= bound) return { found: 'none' };
      if (popped % STATES_PER_LOOK === 0 && this.isOver(started)) return { found: 'unknown' };
      const node = this.queue.pop();
      if (this.costs[node] === cost) this.expand(node, cost);
    }
    // It may have been seen from a state within the bound.
    if (this.best.cost >= bound) return { found: 'none' };
    const moves = [this.best.move];
    for (let node = this.best.node; node !== start; node = this.parents[node]!) {
      moves.push({ thread: this.lastOf(node), choices: this.choices[this.picked[node]!]! });
    }
    return this.answer(this.best.cost, moves.reverse());
  }

  private expand(node: number, cost: number): void {
    const { wordCount } = this.prepared.layout;
    const last = this.lastOf(node);
    const at = Math.floor(node / (this.threads + 1)) * wordCount;
    // Copied, because the log may move when it grows.
    const from = this.states.log.slice(at, at + wordCount);
    const costOf = (thread: number, choices: readonly number[], to: Int32Array, where: number) =>
      cost + this.costOfStep(from, last, { thread, choices }, to, where);
    this.edges.each(
      from,
      0,
      this.claim,
      ({ thread, choices, to, successors }) => {
        // A failed assertion changes nothing.
        const end = to === undefined ? from : successors;
        const total = costOf(thread, choices, end, to ?? 0);
        if (this.best !== undefined && total >= this.best.cost) return;
        this.best = { cost: total, node, move: { thread, choices } };
      },
      ({ thread, choices, to, successors }) => {
        const total = costOf(thread, choices, successors, to!);
        this.reach(successors, to!, thread, total, node, choices);
      },
    );
  }

  private reach(
    words: Int32Array,
    at: number,
    last: number,
    cost: number,
    parent: number,
    choices: readonly number[],
  ): number {
    let position = this.states.find(words, at);
    if (position < 0) {
      position = this.states.count;
      this.states.addAll(words, at, at + this.prepared.layout.wordCount, () => {});
    }
    const node = position * (this.threads + 1) + last + 1;
    if (node >= this.costs.length) this.grow();
    if (this.costs[node]! <= cost) return node;
    this.costs[node] = cost;
    this.parents[node] = parent;
    this.picked[node] = this.numberOf(choices);
    this.queue.push(node, cost);
    return node;
  }

  private grow(): void {
    const { costs, parents, picked } = this;
    this.costs = new Float64Array(2 * costs.length).fill(Infinity);
    this.parents = new Float64Array(2 * costs.length);
    this.picked = new Int32Array(2 * costs.length);
    this.costs.set(costs);
    this.parents.set(parents);
    this.picked.set(picked);
  }

  private numberOf(choices: readonly number[]): number {
    const key = choices.join();
    let number = this.choiceNumbers.get(key);
    if (number === undefined) {
      number = this.choices.push(choices) - 1;
      this.choiceNumbers.set(key, number);
    }
    return number;
  }

  /** The thread that moved last; -1 at the start. */
  private lastOf(node: number): number {
    return (node % (this.threads + 1)) - 1;
  }

  private costOfStep(
    from: Int32Array,
    last: number,
    move: Move,
    to: Int32Array,
    at: number,
  ): number {
    let cost = 1 + (last >= 0 && last !== move.thread ? STEPS : 0);
    this.options.kinds.forEach((kind, i) => {
      const count = Number(this.begins(kind, from, move)) + this.spentBy(i, from, to, at);
      cost += count * this.placeOf(i);
    });
    return cost;
  }

  private begins({ begins }: OperationKind, from: Int32Array, { thread, choices }: Move): boolean {
    const [option] = choices;
    if (option === undefined) return false;
    const { word, shift, mask } = this.prepared.layout.threadFields[thread]!;
    const node = (from[word]! >>> shift) & mask;
    const { action } = this.prepared.compiled.automata[thread]!.nodes[node]!;
    return action.kind === 'choose' && begins(action.options[option]);
  }

  private spentBy(kind: number, from: Int32Array, to: Int32Array, at: number): number {
    return this.spent[kind]!.reduce((sum, { word, shift, mask }) => {
      const before = (from[word]! >>> shift) & mask;
      return sum + Math.max(0, before - ((to[at + word]! >>> shift) & mask));
    }, 0);
  }

  /** What one operation of a kind costs. */
  private placeOf(kind: number): number {
    return STEPS * SWITCHES * OPERATIONS ** (this.options.kinds.length - 1 - kind);
  }

  /** The least cost that is too much. */
  private bound(): number {
    const { operationsMax } = this.options;
    if (operationsMax === undefined) return Infinity;
    const most = operationsMax.reduce((sum, count, i) => sum + count * this.placeOf(i), 0);
    return most + STEPS * SWITCHES;
  }

  private isOver(started: number): boolean {
    const { limits, shallStop } = this.options;
    const { statesMax = Infinity, durationMsMax = Infinity } = limits;
    return (
      this.states.count > statesMax ||
      performance.now() - started > durationMsMax ||
      shallStop(this.states.count)
    );
  }

  private answer(cost: number, moves: readonly Move[]): Cheapest {
    const operations = this.options.kinds.map(
      (_, i) => Math.floor(cost / this.placeOf(i)) % (i === 0 ? Infinity : OPERATIONS),
    );
    const threadSwitches = Math.floor(cost / STEPS) % SWITCHES;
    return { found: 'schedule', cost: { operations, threadSwitches, steps: cost % STEPS }, moves };
  }
}

/** Nodes by cost; of the same cost, first come, first served. */
class Queue {
  private readonly buckets = new Map<number, number[]>();
  private readonly heap: number[] = [];
  private served = 0;

  leastCost(): number | undefined {
    return this.heap[0];
  }

  push(node: number, cost: number): void {
    const bucket = this.buckets.get(cost);
    if (bucket !== undefined) {
      bucket.push(node);
      return;
    }
    this.buckets.set(cost, [node]);
    const { heap } = this;
    let i = heap.push(cost) - 1;
    while (i > 0 && heap[(i - 1) >> 1]! > cost) {
      heap[i] = heap[(i - 1) >> 1]!;
      i = (i - 1) >> 1;
    }
    heap[i] = cost;
  }

  /** Takes a node of the least cost. Steps cost something, so nothing is added to its bucket. */
  pop(): number {
    const cost = this.heap[0]!;
    const bucket = this.buckets.get(cost)!;
    const node = bucket[this.served++]!;
    if (this.served === bucket.length) {
      this.served = 0;
      this.buckets.delete(cost);
      this.dropLeast();
    }
    return node;
  }

  private dropLeast(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
      if (child >= heap.length || heap[child]! >= last) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
  }
}
