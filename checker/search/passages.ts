import { resultsOf } from '../automaton/action-key.ts';
import type { AutomatonNode, Edge } from '../automaton/automaton.ts';
import type { CompiledSystem } from '../automaton/compile.ts';
import type { Passed } from '../engine/coverage.ts';
import { DISABLED, type StepAction } from '../language/operation.ts';
import { ACCESS_TABLE } from './thread-code.ts';

/** A way past one operation of one automaton, for one value of its variable or for all. */
export interface Passage {
  readonly thread: number;
  /** Index into `Automaton.nodes`. */
  readonly node: number;
  readonly action: StepAction;
  readonly outcome: Passed;
  /** Where it leads, unless the thread waits or an assertion fails. */
  readonly edge?: Edge;
}

/**
 * Every passage, by the cell of the thread code whose number stands for it: that of the edge, of
 * the place where an edge would be, or of a failure.
 */
export function passagesOf(
  { automata }: CompiledSystem,
  { starts }: { readonly starts: readonly Int32Array[] },
): ReadonlyMap<number, Passage> {
  const passages = new Map<number, Passage>();
  automata.forEach(({ nodes }, thread) => {
    nodes.forEach((one, node) => {
      const { action } = one;
      if (action.kind === 'finished' || action.kind === 'crash') return;
      for (const [cell, outcome, edge] of passagesAt(one, action, starts[thread]![node]!)) {
        passages.set(cell, {
          ...{ thread, node, action, outcome },
          ...(edge === undefined ? {} : { edge }),
        });
      }
    });
  });
  return passages;
}

type Numbered = readonly [cell: number, outcome: Passed, edge?: Edge];

function passagesAt(
  { edges }: AutomatonNode,
  action: StepAction,
  start: number,
): readonly Numbered[] {
  const results = resultsOf(action);
  const by = (first: number) =>
    edges.map((edge, i): Numbered => [first + i, { result: results[i] }, edge]);
  switch (action.kind) {
    case 'access':
      return action.outcome.flatMap((result, value): readonly Numbered[] => {
        const cell = start + ACCESS_TABLE + 2 * value + 1;
        if (result >= 0) return [[cell, { result: results[result] }, edges[result]!]];
        return result === DISABLED ? [[cell, 'waits']] : [];
      });
    case 'test':
      return by(start + 4 + 4 * action.terms.length);
    case 'fill':
      return by(start + 2 + 4 * action.variables.length);
    case 'choose':
      return by(start + 2);
    case 'failure':
      return [[start, 'fails']];
  }
}
