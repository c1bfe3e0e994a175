import type { Move } from '../engine/engine.ts';
import type { Prepared } from './explore.ts';
import { FailingEdges } from './failing-edges.ts';
import { initialState } from './layout.ts';
import { Slice } from './slice.ts';

/** A place in the code whose step is the first to violate a claim, in some runs. */
export interface ViolatingStep {
  /** The transitions that do so, of all states that are reached without a violation. */
  readonly transitions: number;
  /** A shortest schedule that ends in one. */
  readonly moves: readonly Move[];
}

export interface ViolatingStepsOptions {
  readonly statesMax: number;
  /** Asked every few thousand states whether to end. */
  readonly shallStop: (states: number) => boolean;
}

const STATES_PER_LOOK = 4096;

/**
 * Finds by which steps runs come to violate a claim: breadth-first through all states, but for what
 * follows a violation. The order is that of the expansion, so the answer is always the same.
 *
 * @returns one for each function and label, those with the shortest schedules first; `undefined` if
 *   a limit came first
 */
export function violatingSteps(
  prepared: Prepared,
  claim: string,
  { statesMax, shallStop }: ViolatingStepsOptions,
): readonly ViolatingStep[] | undefined {
  const { compiled, layout } = prepared;
  const { wordCount, threadFields } = layout;
  const edges = new FailingEdges(prepared);
  const states = new Slice(wordCount);
  const parents: number[] = [-1];
  const moves: (Move | undefined)[] = [undefined];
  const found = new Map<string, ViolatingStep>();
  const entries = compiled.automata.map(({ entry }) => entry);
  const initial = initialState(layout, entries);
  if (edges.failsIn(initial, 0, claim)) return [{ transitions: 0, moves: [] }];
  states.addAll(initial, 0, wordCount, () => {});

  const scheduleTo = (position: number): readonly Move[] => {
    const move = moves[position];
    return move === undefined ? [] : [...scheduleTo(parents[position]!), move];
  };
  for (let position = 0; position < states.count; position++) {
    const isTime = position % STATES_PER_LOOK === 0;
    if (states.count > statesMax || (isTime && shallStop(states.count))) return undefined;
    // Copied, because the log may move when it grows.
    const from = states.log.slice(position * wordCount, (position + 1) * wordCount);
    edges.each(
      from,
      0,
      claim,
      ({ thread, choices }) => {
        const { word, shift, mask } = threadFields[thread]!;
        const node = compiled.automata[thread]!.nodes[(from[word]! >>> shift) & mask]!;
        const place = `${node.functionName} ${node.label}`;
        const known = found.get(place);
        found.set(place, {
          transitions: (known?.transitions ?? 0) + 1,
          moves: known?.moves ?? [...scheduleTo(position), { thread, choices }],
        });
      },
      ({ thread, choices, to, successors }) => {
        states.addAll(successors, to!, to! + wordCount, () => {
          parents.push(position);
          moves.push({ thread, choices });
        });
      },
    );
  }
  return [...found.values()];
}
