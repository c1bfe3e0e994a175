import type { CompiledSearch } from '../codegen/compile-search.ts';
import { FAILED_STEP } from '../codegen/edges.ts';
import type { Range } from '../liveness/components.ts';
import {
  type AllSteps,
  type Arrows,
  type Cycles,
  type Graph,
  grown,
  type Look,
  NOWHERE,
  type States,
} from '../liveness/graph.ts';
import { repeatable } from '../liveness/repeatable.ts';
import { trimmed } from '../liveness/trim.ts';
import type { Prepared } from '../search/explore.ts';
import type { Passage } from '../search/passages.ts';
import type { Edges } from './edge-list.ts';
import type { Shard } from './shard.ts';

/** The bits of a count of steps: those that lead somewhere, and above them those that fail. */
const FAILED_SHIFT = Math.log2(FAILED_STEP);
const SUCCEEDING = FAILED_STEP - 1;

/** The search that filled a shard. */
interface About {
  readonly search: Omit<CompiledSearch, 'bytes'>;
  readonly prepared: Prepared;
  /** By cell, how often it took a passage. */
  readonly passages: ReadonlyMap<number, number>;
  /** `levelStarts[level][partition]`: the first position of the level. */
  readonly levelStarts: readonly Int32Array[];
  readonly look: Look;
}

/** Lists steps between the states of a shard, which must be all of the search's. */
export class GraphLister {
  private readonly shard: Shard;
  private readonly search: About['search'];
  private readonly prepared: Prepared;
  private readonly passages: About['passages'];
  private readonly levelStarts: About['levelStarts'];
  private readonly threads: number;
  private readonly look: Look;
  /** Per partition, the number of its first state. */
  private readonly bases: Uint32Array;
  private readonly states: number;

  constructor(shard: Shard, { search, prepared, passages, levelStarts, look }: About) {
    this.shard = shard;
    this.search = search;
    this.prepared = prepared;
    this.passages = passages;
    this.levelStarts = levelStarts;
    this.threads = prepared.compiled.automata.length;
    this.look = look;
    this.bases = shard.numberStates();
    this.states = this.bases.at(-1)!;
  }

  /**
   * Every step.
   *
   * @param first the partition of the initial state, which is its first
   */
  allSteps(first: number): AllSteps {
    const arrows = this.arrows(this.shard.cell('transitions'));
    return { ...arrows, initial: this.bases[first]! };
  }

  /**
   * The states that may lie on cycles. Steps that cannot are not even taken for that: which they
   * are, their places in the code say. So few states are left that all is kept of them.
   *
   * @param each shows all states by number
   */
  cycles(each: States['each']): Cycles {
    const { closed, steps } = this.onceOnly();
    const arrows = this.shard.without(closed, () => this.arrows(steps));
    const numbers = trimmed(arrows, [...this.byLevel()]);
    // The biggest array is used again: where each state is among those that are left.
    const places = new Int32Array(arrows.offsets.buffer, 0, this.states).fill(NOWHERE);
    numbers.forEach((number, place) => {
      places[number] = place;
    });
    const { wordCount } = this.prepared.layout;
    return {
      numbers,
      graph: this.graphOf(places, numbers.length),
      states: kept(each, places, numbers.length, wordCount),
    };
  }

  /** The numbers of all states, level by level: most steps lead to the next one. */
  private *byLevel(): Iterable<Range> {
    const { levelStarts, bases } = this;
    for (const [level, starts] of levelStarts.entries()) {
      const ends = levelStarts[level + 1];
      for (let partition = 0; partition < starts.length; partition++) {
        const base = bases[partition]!;
        const to = ends === undefined ? bases[partition + 1]! : base + ends[partition]!;
        yield { from: base + starts[partition]!, to };
      }
    }
  }

  /** The table entries whose steps lie on no cycle, and how many other steps there are at most. */
  private onceOnly(): { readonly closed: readonly number[]; readonly steps: number } {
    const { shard, prepared, search, passages } = this;
    const isRepeatable = repeatable(prepared, this.takenCells());
    let steps = shard.cell('transitions');
    const closed = search.stepEntries.flatMap(({ address, cells, isPlain }) => {
      if (cells.some((cell) => isRepeatable.has(cell))) return [];
      if (isPlain) steps -= passages.get(cells[0]!)!;
      return [address];
    });
    return { closed, steps };
  }

  /** Tells which passages occur in the search. */
  private takenCells(): (cell: number, passage: Passage) => boolean {
    const { search, prepared } = this;
    const isTaken = (cell: number) => this.passages.get(cell)! > 0;
    const plain = new Set(
      search.stepEntries.flatMap(({ cells, isPlain }) => (isPlain ? cells : [])),
    );
    // A function counts values that lead to the same node as one of them.
    const keyOf = ({ thread, node, edge }: Passage) => `${thread} ${node} ${edge?.target}`;
    const ways = new Set<string>();
    for (const [cell, passage] of prepared.code.passages) {
      if (isTaken(cell)) ways.add(keyOf(passage));
    }
    return (cell, passage) => (plain.has(cell) ? isTaken(cell) : ways.has(keyOf(passage)));
  }

  /**
   * The steps of all states, as the tables are now, without those that fail.
   *
   * @param steps how many there are at most
   */
  private arrows(steps: number): Arrows {
    const { states } = this;
    const offsets = new Uint32Array(states + 1);
    const targets = new Int32Array(steps);
    let [state, step] = [0, 0];
    this.eachEdges(
      () => true,
      (edges) => {
        if (step + edges.targets.length > steps) {
          throw new Error('more steps are listed than were taken');
        }
        targets.set(edges.targets, step);
        offsets.set(edges.ends, state + 1);
        step += edges.targets.length;
        state += edges.ends.length;
      },
    );
    return { states, offsets, targets };
  }

  /** The steps of some states, each with its place among them. */
  private graphOf(places: Int32Array, count: number): Graph {
    const { threads } = this;
    const offsets = new Uint32Array(count + 1);
    let targets = new Int32Array(4 * count);
    let movers = new Uint8Array(4 * count);
    let happened = new Uint16Array(4 * count);
    let [state, step] = [0, 0];
    this.eachEdges(
      (one) => places[one] !== NOWHERE,
      (edges) => {
        const { counts } = edges;
        const failed = counts.reduce((sum, one) => sum + (one >>> FAILED_SHIFT), 0);
        const enough = step + edges.targets.length + failed;
        if (enough > targets.length) {
          const room = Math.ceil(1.5 * enough);
          targets = grown(targets, new Int32Array(room));
          movers = grown(movers, new Uint8Array(room));
          happened = grown(happened, new Uint16Array(room));
        }
        let at = 0;
        for (let i = 0; i < counts.length; i += threads) {
          for (let thread = 0; thread < threads; thread++) {
            for (const end = at + (counts[i + thread]! & SUCCEEDING); at < end; at++) {
              targets[step] = places[edges.targets[at]!]!;
              happened[step] = edges.happened[at]!;
              movers[step++] = thread;
            }
          }
          // Behind all others, as in the interpreter's expander.
          for (let thread = 0; thread < threads; thread++) {
            for (let n = counts[i + thread]! >>> FAILED_SHIFT; n > 0; n--) {
              targets[step] = NOWHERE;
              movers[step++] = thread;
            }
          }
          offsets[++state] = step;
        }
      },
    );
    return { states: count, threads, offsets, targets, movers, happened };
  }

  private eachEdges(isChosen: (state: number) => boolean, show: (edges: Edges) => void): void {
    const { shard, threads, look } = this;
    const { happenings } = this.prepared.code;
    const join = (a: number, b: number) => happenings.join(a, b);
    shard.eachEdges(threads, isChosen, join, (edges) => {
      look(edges.counts.length / threads);
      show(edges);
    });
  }
}

/** A copy of the states that have a place. */
function kept(each: States['each'], places: Int32Array, count: number, wordCount: number): States {
  const copy = new Int32Array(count * wordCount);
  each((state, words, at) => {
    const place = places[state]!;
    if (place === NOWHERE) return;
    for (let i = 0; i < wordCount; i++) copy[place * wordCount + i] = words[at + i]!;
  });
  return {
    count,
    each: (show) => {
      for (let place = 0; place < count; place++) show(place, copy, place * wordCount);
    },
  };
}
