import { compile } from '../automaton/compile.ts';
import { automatonText } from '../automaton/text.ts';
import type { System } from '../language/system.ts';

/** The shape of a compiled system, for tests of models. */
export interface Inspection {
  /** Per thread, its minimal automaton as canonical text: equal texts behave alike. */
  readonly automata: readonly string[];
  /** Per thread, the number of nodes that a state can name. */
  readonly nodeCounts: readonly number[];
  /** Every label of an operation or branch, sorted. */
  readonly labels: readonly string[];
}

/**
 * Compiles a system without searching it.
 *
 * @throws ModelError if it breaks the contract of the language
 */
export function inspect(system: System): Inspection {
  const { automata, labels } = compile(system);
  return {
    automata: automata.map(automatonText),
    nodeCounts: automata.map(({ visibleCount }) => visibleCount),
    labels: [...labels].sort(),
  };
}
