import fc from 'fast-check';
import { expect } from 'vitest';
import { columnsOf } from '../codegen/columns.ts';
import { replay } from '../generators/replay.ts';
import { EVERYTHING } from '../generators/tiny-system.ts';
import { orbitCount } from '../symmetry/brute-force.ts';
import { canonicalize, permutationsOf } from '../symmetry/canonical.ts';
import { keyOf, type StateGraph, stateGraph } from '../symmetry/state-graph.ts';
import { findSymmetry, type Symmetry } from '../symmetry/symmetry.ts';
import { type TwinProgram, twinArbitrary } from '../symmetry/twin-program.ts';
import { buildTwins } from '../symmetry/twin-system.ts';
import { interpret, runCompiled, schedules } from './agreement.ts';
import type { Helpers } from './crew.ts';

/** Bigger spaces are left out, and counted. */
const STATES_MAX = 2_000;

/** For tests: how many random programs of twins were what. */
export interface TwinMix {
  compared: number;
  /** Those whose orbits are found by sorting, and by trying all renamings. */
  sorted: number;
  renamed: number;
  violating: number;
  'too big': number;
  'without symmetry': number;
}

/** For tests: compares the search with symmetry and the one without on random programs. */
export function compareRandomTwins(seed: number, numRuns: number, helpers: Helpers): TwinMix {
  const others = { 'too big': 0, 'without symmetry': 0 };
  const mix: TwinMix = { compared: 0, sorted: 0, renamed: 0, violating: 0, ...others };
  fc.assert(
    fc.property(twinArbitrary, (program) => compare(program, helpers, mix)),
    { seed, numRuns },
  );
  return mix;
}

function compare(program: TwinProgram, helpers: Helpers, mix: TwinMix): void {
  const system = buildTwins(program);
  const graph = stateGraph(system, STATES_MAX);
  if (graph === undefined) {
    mix['too big']++;
    return;
  }
  const { prepared } = graph;
  const symmetry = findSymmetry(prepared.compiled);
  if (symmetry.classes.length === 0) {
    mix['without symmetry']++;
    return;
  }
  mix.compared++;
  mix[columnsOf(symmetry, prepared.layout) === undefined ? 'renamed' : 'sorted']++;
  const orbits = orbitsOf(graph, symmetry);
  for (const keepGoing of [true, false]) {
    const options = { ...EVERYTHING, keepGoing };
    const plain = interpret(prepared, options);
    for (const crew of [{}, { crew: helpers.ends }]) {
      const found = runCompiled(prepared, { ...options, ...crew, symmetry: 'verified' });
      expect(schedules(found.outcome)).toEqual(schedules(plain.outcome));
      expect(found.states.size).toBe(found.outcome.states);
      expect([...found.states].filter((state) => !plain.states.has(state))).toEqual([]);
      expect(namesOfMet(found.outcome)).toEqual(namesOfMet(plain.outcome));
      if (keepGoing) expect(found.outcome).toMatchObject({ ...orbits, exhausted: true });
    }
    for (const { claim, schedule } of plain.outcome.violations) {
      if (keepGoing) mix.violating++;
      const { result, steps } = replay(system, claim, schedule);
      expect([result, steps.length]).toEqual(['reproduced', schedule.length]);
    }
  }
}

/** What a search up to renaming has to count: orbits, and the moves of one state of each. */
function orbitsOf(graph: StateGraph, symmetry: Symmetry) {
  const { states, prepared } = graph;
  const renamings = permutationsOf(symmetry);
  const moves = new Map<string, number>();
  for (const { state, moves: own } of states.values()) {
    moves.set(keyOf(canonicalize(state, renamings).state), own.length);
  }
  const swaps = symmetry.classes.flatMap((one) => one.swaps);
  const { threads } = prepared.compiled.system;
  return {
    states: orbitCount(graph, swaps),
    transitions: [...moves.values()].reduce((sum, count) => sum + count, 0),
    depth: Math.max(...[...states.values()].map(({ level }) => level)),
    symmetric: symmetry.classes.map((one) => one.threads.map((t) => threads[t]!.name)),
  };
}

/** The claims whose premise was met at all. */
function namesOfMet({ premises }: { readonly premises: ReadonlyMap<string, number> }) {
  return [...premises].flatMap(([claim, times]) => (times > 0 ? [claim] : [])).sort();
}
