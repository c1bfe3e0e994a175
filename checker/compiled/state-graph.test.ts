import fc from 'fast-check';
import { expect, test } from 'vitest';
import peterson from '../../docs/examples/peterson.ts';
import { EVERYTHING } from '../generators/tiny-system.ts';
import { buildSystem } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import type { System } from '../language/system.ts';
import { buildProgram } from '../random-program/build-program.ts';
import { programArbitrary } from '../random-program/program-arbitrary.ts';
import { prepare } from '../search/explore.ts';
import type { Field } from '../search/layout.ts';
import { keyOf, stateGraph as referenceGraph } from '../symmetry/state-graph.ts';
import { TINY } from './agreement.ts';
import { CompiledRun } from './explore-compiled.ts';
import { NOWHERE } from './state-graph.ts';

const STATES_MAX = 3_000;

/** The edges as text, in an order that says nothing of numbers. */
function compiledEdges(system: System): readonly string[] {
  const prepared = prepare(system);
  const { layout } = prepared;
  const run = new CompiledRun(prepared, EVERYTHING, TINY);
  run.run();
  const graph = run.stateGraph();
  const keys: string[] = [];
  run.eachStored((words) => {
    const read = ({ word, shift, mask }: Field) => (words[word]! >>> shift) & mask;
    const values = layout.variableFields.map(read);
    keys.push(keyOf({ values, nodes: layout.threadFields.map(read) }));
  });
  expect(graph.states).toBe(keys.length);
  return keys
    .flatMap((key, n) =>
      Array.from(graph.targets.subarray(graph.offsets[n], graph.offsets[n + 1]), (target, i) => {
        const thread = graph.movers[graph.offsets[n]! + i];
        return `${key} -${thread}> ${target === NOWHERE ? 'nowhere' : keys[target]}`;
      }),
    )
    .sort();
}

/** The same by the interpreter; nothing if there are too many states. */
function expectedEdges(system: System): readonly string[] | undefined {
  const graph = referenceGraph(system, STATES_MAX);
  if (graph === undefined) return undefined;
  return [...graph.states]
    .flatMap(([key, { moves }]) =>
      moves.map(
        ({ thread, to }) => `${key} -${thread}> ${to === undefined ? 'nowhere' : keyOf(to)}`,
      ),
    )
    .sort();
}

test('every step of the filter lock is an edge', () => {
  const system = buildSystem(peterson, { threads: 3 });
  expect(compiledEdges(system)).toEqual(expectedEdges(system));
});

test('every step of random programs is an edge', () => {
  let compared = 0;
  fc.assert(
    fc.property(programArbitrary, (program) => {
      let system: System;
      let expected: readonly string[] | undefined;
      try {
        system = buildProgram(program);
        expected = expectedEdges(system);
      } catch (error) {
        if (error instanceof ModelError) return;
        throw error;
      }
      if (expected === undefined) return;
      compared++;
      expect(compiledEdges(system)).toEqual(expected);
    }),
    { seed: 4_001, numRuns: 150 },
  );
  expect(compared).toBeGreaterThan(75);
});
