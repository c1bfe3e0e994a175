import { ContractError } from '../language/model-error.ts';
import { Expander } from '../search/expander.ts';
import type { Prepared } from '../search/explore.ts';
import { initialState } from '../search/layout.ts';
import type { StateStore } from '../search/state-store.ts';
import { type Graph, NOWHERE, THREADS_MAX } from './graph.ts';

/** More lists of happenings do not fit the 16 bits of `Graph.happened`. */
const HAPPENINGS_MAX = 0xffff;
const SOME_STEPS = 1 << 16;

/** Is shown a state: its number, and where it is packed. */
type Show = (state: number, words: Int32Array, at: number) => void;

/**
 * The states of a finished search by their numbers: slice by slice, in each in order of discovery.
 */
export class StoredStates {
  readonly count: number;
  private readonly store: StateStore;
  private readonly wordCount: number;
  /** `starts[slice]`: the number of its first state. */
  private readonly starts: Int32Array;

  constructor(store: StateStore, wordCount: number) {
    this.store = store;
    this.wordCount = wordCount;
    this.starts = new Int32Array(store.slices.length + 1);
    store.slices.forEach(({ count }, slice) => {
      this.starts[slice + 1] = this.starts[slice]! + count;
    });
    this.count = store.states;
  }

  each(show: Show): void {
    this.store.slices.forEach(({ log, count }, slice) => {
      const start = this.starts[slice]!;
      for (let i = 0; i < count; i++) show(start + i, log, i * this.wordCount);
    });
  }

  /** The packed state with a number. */
  wordsOf(state: number): Int32Array {
    const { starts, store, wordCount } = this;
    let [low, high] = [0, starts.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= state) low = middle;
      else high = middle;
    }
    const at = (state - starts[low]!) * wordCount;
    return store.slices[low]!.log.subarray(at, at + wordCount);
  }

  /** The number of the state at `words[at]`, which was found. */
  numberOf(words: Int32Array, at: number): number {
    const { slice, position } = this.store.locate(words, at);
    if (position < 0) throw new Error('a step leads to a state that the search did not find');
    return this.starts[slice]! + position;
  }
}

/**
 * Expands every stored state once more and keeps the steps.
 *
 * @param look is called for each state, and may throw to end it
 * @throws ContractError if the system is too wide for it
 */
export function storedGraph(prepared: Prepared, states: StoredStates, look: () => void): Graph {
  const { compiled, layout, code } = prepared;
  const threads = compiled.automata.length;
  if (threads > THREADS_MAX) {
    throw new ContractError(
      `liveness of ${threads} threads; expected at most ${THREADS_MAX}, or --no-liveness`,
    );
  }
  const expander = new Expander(compiled, layout, code, false);
  const offsets = new Uint32Array(states.count + 1);
  let targets = new Int32Array(SOME_STEPS);
  let movers = new Uint8Array(SOME_STEPS);
  let happened = new Uint16Array(SOME_STEPS);
  let steps = 0;
  const add = (target: number, mover: number, happenings: number) => {
    if (steps === targets.length) {
      const room = Math.ceil(steps * 1.5);
      targets = grown(targets, new Int32Array(room));
      movers = grown(movers, new Uint8Array(room));
      happened = grown(happened, new Uint16Array(room));
    }
    targets[steps] = target;
    movers[steps] = mover;
    happened[steps] = happenings;
    steps++;
  };
  states.each((state, words, at) => {
    look();
    const count = expander.expand(words, at);
    for (let i = 0; i < count; i++) {
      const target = states.numberOf(expander.successors, i * layout.wordCount);
      add(target, expander.movers[i]!, expander.happened[i]!);
    }
    for (let i = 0; i < expander.suspectCount; i++) {
      const { failure, thread } = expander.suspects[i]!;
      if (failure !== undefined) add(NOWHERE, thread, 0);
    }
    offsets[state + 1] = steps;
  });
  if (code.happenings.lists.length > HAPPENINGS_MAX) {
    throw new ContractError(
      `${code.happenings.lists.length} kinds of steps that claims tell apart; ` +
        `expected at most ${HAPPENINGS_MAX}, or --no-liveness`,
    );
  }
  const entries = compiled.automata.map(({ entry }) => entry);
  const initial = states.numberOf(initialState(layout, entries), 0);
  return { states: states.count, threads, initial, offsets, targets, movers, happened };
}

function grown<A extends Int32Array | Uint8Array | Uint16Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
