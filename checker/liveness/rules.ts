import type { Fairness } from '../language/liveness-claim.ts';
import type { Prepared } from '../search/explore.ts';
import type { States } from './graph.ts';

/** A step that a cycle takes: where it begins, who can move there (as bits), who does. */
export interface Taken {
  readonly state: number;
  readonly enabled: number;
  readonly mover: number;
}

/**
 * What a cycle has to obey. It has to take a step that meets the rule; where there is `provokes`,
 * only if it takes one that provokes it: the acceptance condition of Streett.
 */
export interface Rule {
  readonly meets: (taken: Taken) => boolean;
  readonly provokes?: (taken: Taken) => boolean;
  /** What to do without where the rule is provoked and cannot be met. */
  readonly without?: 'states' | 'steps';
  /** The thread that it treats weakly fairly, if that is all it asks for. */
  readonly weakly?: number;
}

/** By state and thread, the number of the lock that the thread is about to take, or 0. */
type Waits = Uint8Array;

/** The rules of a fairness assumption. */
export function rulesOf(fairness: Fairness, prepared: Prepared, states: States): readonly Rule[] {
  const threads = prepared.compiled.automata.map((_, thread) => thread);
  switch (fairness) {
    case 'none':
      return [];
    case 'weak':
      return threads.map(weakRule);
    case 'strong':
      return threads.map(strongRule);
    case 'locks':
      return [...threads.map(weakRule), ...queueRules(prepared, states)];
  }
}

/** The rule that a cycle has a state with a mark. */
export function recurrenceRule(marked: Uint8Array): Rule {
  return { meets: ({ state }) => marked[state] === 1 };
}

function weakRule(thread: number): Rule {
  return {
    meets: ({ enabled, mover }) => mover === thread || ((enabled >>> thread) & 1) === 0,
    weakly: thread,
  };
}

function strongRule(thread: number): Rule {
  return {
    meets: ({ mover }) => mover === thread,
    provokes: ({ enabled }) => ((enabled >>> thread) & 1) === 1,
    without: 'states',
  };
}

/** For each thread and lock that it takes somewhere: it does not wait while others are served. */
function queueRules(prepared: Prepared, states: States): readonly Rule[] {
  const { locks, waits } = waitsOf(prepared, states);
  const threads = prepared.compiled.automata.length;
  return locks.flatMap(({ number, takers }) =>
    takers.map(
      (thread): Rule => ({
        meets: ({ state, mover }) => mover === thread || waits[state * threads + thread] !== number,
        provokes: ({ state, mover }) => waits[state * threads + mover] === number,
        without: 'steps',
      }),
    ),
  );
}

interface Lock {
  /** From 1. */
  readonly number: number;
  /** The threads that take it somewhere. */
  readonly takers: readonly number[];
}

function waitsOf(
  { compiled, layout }: Prepared,
  states: States,
): { readonly locks: readonly Lock[]; readonly waits: Waits } {
  const numbers = new Map<unknown, number>();
  const takers: number[][] = [];
  const tables = compiled.automata.map(({ nodes, visibleCount }, thread) =>
    Uint8Array.from(nodes.slice(0, visibleCount), ({ action }) => {
      if (action.kind !== 'access' || action.lock?.change !== 1) return 0;
      const number = numbers.get(action.variable) ?? numbers.size + 1;
      numbers.set(action.variable, number);
      takers[number] ??= [];
      if (!takers[number].includes(thread)) takers[number].push(thread);
      return number;
    }),
  );
  const threads = tables.length;
  const waits = new Uint8Array(states.count * threads);
  states.each((state, words, at) => {
    for (let thread = 0; thread < threads; thread++) {
      const { word, shift, mask } = layout.threadFields[thread]!;
      waits[state * threads + thread] = tables[thread]![(words[at + word]! >>> shift) & mask]!;
    }
  });
  const locks = [...numbers.values()].map((number) => ({ number, takers: takers[number]! }));
  return { locks, waits };
}
