import { Expander } from '../search/expander.ts';
import { type Prepared, Search } from '../search/explore.ts';
import { initialState } from '../search/layout.ts';
import type { StateStore } from '../search/state-store.ts';
import {
  type AllSteps,
  type Explore,
  type Graph,
  grown,
  type Look,
  NOWHERE,
  type States,
} from './graph.ts';

const SOME_STEPS = 1 << 16;

/**
 * The states of a finished search by their numbers: slice by slice, in each in order of discovery.
 */
class StoredStates implements States {
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

  each(show: Parameters<States['each']>[0]): void {
    this.store.slices.forEach(({ log, count }, slice) => {
      const start = this.starts[slice]!;
      for (let i = 0; i < count; i++) show(start + i, log, i * this.wordCount);
    });
  }

  /** The number of the state at `words[at]`, which was found. */
  numberOf(words: Int32Array, at: number): number {
    const { slice, position } = this.store.locate(words, at);
    if (position < 0) throw new Error('a step leads to a state that the search did not find');
    return this.starts[slice]! + position;
  }
}

/** Searches by interpreting the automata. Any state may lie on a cycle, for all that it knows. */
export const interpreted: Explore = (prepared, options) => {
  const search = new Search(prepared, options);
  const outcome = search.run();
  const states = new StoredStates(search.store, prepared.layout.wordCount);
  let graph: (Graph & AllSteps) | undefined;
  const graphOf = (look: Look) => {
    graph ??= storedGraph(prepared, states, look);
    return graph;
  };
  const numbers = () => Int32Array.from({ length: states.count }, (_, state) => state);
  const cycles = (look: Look) => ({ states, graph: graphOf(look), numbers: numbers() });
  return { outcome, states, listingBytes: 0, cycles, allSteps: graphOf };
};

/** Expands every stored state once more and keeps the steps. */
function storedGraph(prepared: Prepared, states: StoredStates, look: Look): Graph & AllSteps {
  const { compiled, layout, code } = prepared;
  const threads = compiled.automata.length;
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
    look(1);
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
  const entries = compiled.automata.map(({ entry }) => entry);
  const initial = states.numberOf(initialState(layout, entries), 0);
  return { states: states.count, threads, initial, offsets, targets, movers, happened };
}
