import fc from 'fast-check';
import { expect, test } from 'vitest';
import peterson from '../../docs/examples/peterson.ts';
import { EVERYTHING } from '../generators/tiny-system.ts';
import { buildSystem } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import type { System } from '../language/system.ts';
import { type Explored, NOWHERE } from '../liveness/graph.ts';
import { interpreted } from '../liveness/stored-graph.ts';
import { buildProgram } from '../random-program/build-program.ts';
import { programArbitrary } from '../random-program/program-arbitrary.ts';
import { type Prepared, prepare } from '../search/explore.ts';
import { TINY } from './agreement.ts';
import { CompiledRun } from './explore-compiled.ts';

const STATES_MAX = 3_000;
const OPTIONS = { ...EVERYTHING, limits: { statesMax: STATES_MAX } };

function compiled(prepared: Prepared): Explored {
  const run = new CompiledRun(prepared, OPTIONS, TINY);
  const outcome = run.run();
  return {
    outcome,
    states: { count: outcome.states, each: (show) => run.eachNumbered(show) },
    graph: (look) => run.graph(look),
  };
}

/** For each state what its steps are, in order: words that say nothing of numbers of states. */
function stepsOf({ states, graph }: Explored, { layout }: Prepared): ReadonlyMap<string, unknown> {
  const keys: string[] = [];
  states.each((state, words, at) => {
    keys[state] = words.slice(at, at + layout.wordCount).join();
  });
  let looked = 0;
  const { offsets, targets, movers, happened, initial } = graph((count) => {
    looked += count;
  });
  expect(looked).toBe(states.count);
  const steps = new Map<string, unknown>([['initial', keys[initial]]]);
  keys.forEach((key, state) => {
    const own = [];
    for (let step = offsets[state]!; step < offsets[state + 1]!; step++) {
      const target = targets[step] === NOWHERE ? 'nowhere' : keys[targets[step]!];
      own.push([movers[step], target, happened[step]].join(' '));
    }
    steps.set(key, own.join('; '));
  });
  return steps;
}

test('the steps of the filter lock are those that the interpreter takes', () => {
  const prepared = prepare(buildSystem(peterson, { threads: 3 }));
  const steps = stepsOf(compiled(prepared), prepared);
  expect(steps.size).toBeGreaterThan(1_000);
  expect(steps).toEqual(stepsOf(interpreted(prepared, OPTIONS), prepared));
});

test('so are those of random programs', () => {
  const seen = { compared: 0, happenings: 0, failed: 0 };
  fc.assert(
    fc.property(programArbitrary, (program) => {
      let system: System;
      let expected: Explored;
      let prepared: Prepared;
      try {
        system = buildProgram(program);
        prepared = prepare(system);
        expected = interpreted(prepared, OPTIONS);
      } catch (error) {
        if (error instanceof ModelError) return;
        throw error;
      }
      if (expected.outcome.stopped !== undefined) return;
      seen.compared++;
      const { targets, happened } = expected.graph(() => {});
      if (happened.some((list) => list > 0)) seen.happenings++;
      if (targets.includes(NOWHERE)) seen.failed++;
      expect(stepsOf(compiled(prepared), prepared)).toEqual(stepsOf(expected, prepared));
    }),
    { seed: 4_001, numRuns: 150 },
  );
  expect(seen.compared).toBeGreaterThan(75);
  expect(seen.happenings).toBeGreaterThan(20);
  expect(seen.failed).toBeGreaterThan(0);
});
