import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import type { Automaton } from './automaton.ts';

/** The variables that a step may look at, and those that it may change. */
export interface Footprint {
  readonly reads: ReadonlySet<Variable<Scalar>>;
  readonly writes: ReadonlySet<Variable<Scalar>>;
}

/** What the step from a node may touch, all of an atomic block included. */
export function footprintOf({ nodes }: Automaton, start: number): Footprint {
  const reads = new Set<Variable<Scalar>>();
  const writes = new Set<Variable<Scalar>>();
  const seen = new Set([start]);
  for (const at of seen) {
    const { action, edges } = nodes[at]!;
    if (action.kind === 'access') {
      const { variable, next, results } = action;
      if (next.some((to, from) => to >= 0 && to !== from)) writes.add(variable);
      // Where there is no next value the step waits, or is an error.
      if (results.length > 1 || next.some((to) => to < 0)) reads.add(variable);
    }
    if (action.kind === 'test') for (const { variable } of action.terms) reads.add(variable);
    if (action.kind === 'fill') for (const variable of action.variables) writes.add(variable);
    for (const { target } of edges) if (nodes[target]!.interior) seen.add(target);
  }
  return { reads, writes };
}
