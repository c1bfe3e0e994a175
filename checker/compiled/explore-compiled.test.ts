import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineOptions, Outcome } from '../engine/engine.ts';
import { ModelError } from '../language/model-error.ts';
import { buildProgram } from '../random-program/build-program.ts';
import { programArbitrary } from '../random-program/program-arbitrary.ts';
import { type Prepared, prepare, Search } from '../search/explore.ts';
import { Helpers } from './crew.ts';
import { CompiledRun, type Tuning } from './explore-compiled.ts';

const SEED = 3_001;
const RUNS = 1_200;

/** Small buffers and few partitions, so that small spaces see what big ones do. */
const TINY: Tuning = { partitionBits: 3, crewStatesMin: 0, bufferStates: [2, 8] };

const EVERYTHING: EngineOptions = {
  limits: { statesMax: 20_000 },
  keepGoing: true,
  onProgress: () => 'continue',
};

let helpers: Helpers;
beforeAll(() => {
  helpers = new Helpers(1, (reason) => {
    throw reason;
  });
});
afterAll(() => helpers.end());

test(`the compiled search agrees with the interpreter on random programs (seed ${SEED})`, () => {
  const mix = { compared: 0, violating: 0, faulty: 0, 'too big': 0, 'over 500 states': 0 };
  fc.assert(
    fc.property(programArbitrary, (program) => {
      const prepared = attempt(() => prepare(buildProgram(program)));
      if (prepared instanceof ModelError) return;
      const reference = attempt(() => {
        const search = new Search(prepared, EVERYTHING);
        return { search, outcome: search.run() };
      });
      if (reference instanceof ModelError) {
        mix.faulty++;
        expect(attempt(() => run(prepared, EVERYTHING))).toBeInstanceOf(ModelError);
        return;
      }
      const { search, outcome } = reference;
      if (outcome.stopped !== undefined) {
        mix['too big']++;
        return;
      }
      mix.compared++;
      if (outcome.violations.length > 0) mix.violating++;
      if (outcome.states > 500) mix['over 500 states']++;
      const alone = new CompiledRun(prepared, EVERYTHING, TINY);
      expect(comparable(alone.run())).toEqual(comparable(outcome));
      expect(statesOf(alone, prepared)).toEqual(storedIn(search, prepared));
      const together = new CompiledRun(prepared, { ...EVERYTHING, crew: helpers.ends }, TINY);
      expect(comparable(together.run())).toEqual(comparable(outcome));
      expect(statesOf(together, prepared)).toEqual(storedIn(search, prepared));
      const first = { ...EVERYTHING, keepGoing: false };
      expect(comparable(run(prepared, first))).toEqual(
        comparable(new Search(prepared, first).run()),
      );
    }),
    { seed: SEED, numRuns: RUNS },
  );
  console.info(`compiled random programs, seed ${SEED}:`, mix);
  expect(mix.compared).toBeGreaterThanOrEqual(1_000);
  expect(mix.violating).toBeGreaterThan(mix.compared / 4);
  expect(mix['over 500 states']).toBeGreaterThan(mix.compared / 10);
  expect(mix.faulty).toBeGreaterThan(0);
}, 300_000);

function run(prepared: Prepared, options: EngineOptions): Outcome {
  return new CompiledRun(prepared, options, TINY).run();
}

/** All that two engines must agree about. */
function comparable({ violations, premises, memoryBytes: _, ...rest }: Outcome) {
  return {
    ...rest,
    premises: [...premises].sort(),
    violations: violations
      .map(({ claim, schedule }) => [claim, schedule] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  };
}

function statesOf(compiled: CompiledRun, { layout }: Prepared): ReadonlySet<string> {
  const states = new Set<string>();
  compiled.eachState((words, level) => states.add(`${level}: ${words.slice(0, layout.wordCount)}`));
  return states;
}

function storedIn({ store }: Search, { layout }: Prepared): ReadonlySet<string> {
  const states = new Set<string>();
  for (let level = 0; level + 1 < store.levelStarts.length; level++) {
    store.eachPredecessor(level, undefined, '', (words, at) =>
      states.add(`${level}: ${words.slice(at, at + layout.wordCount)}`),
    );
  }
  return states;
}

function attempt<T>(act: () => T): T | ModelError {
  try {
    return act();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}
