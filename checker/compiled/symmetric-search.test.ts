import { afterAll, beforeAll, expect, test } from 'vitest';
import { columnsOf } from '../codegen/columns.ts';
import { EVERYTHING } from '../generators/tiny-system.ts';
import { loop, next } from '../language/loop.ts';
import { modelled } from '../language/modelled.ts';
import { Shared } from '../language/shared.ts';
import { thread } from '../language/system.ts';
import type { Variable } from '../language/variable.ts';
import { prepare } from '../search/explore.ts';
import { findSymmetry } from '../symmetry/symmetry.ts';
import { helper, runCompiled } from './agreement.ts';
import type { Helpers } from './crew.ts';
import { compareRandomTwins } from './twin-agreement.ts';

const SEED = 78;
const RUNS = 80;

let helpers: Helpers;
beforeAll(async () => {
  helpers = await helper();
});
afterAll(() => helpers.end());

test(`as many states as orbits, and the same schedules, on random twins (seed ${SEED})`, () => {
  const mix = compareRandomTwins(SEED, RUNS, helpers);
  expect(mix.compared).toBeGreaterThan(0.6 * RUNS);
  // Representatives are found in two ways.
  expect(mix.sorted).toBeGreaterThan(RUNS / 20);
  expect(mix.renamed).toBeGreaterThan(RUNS / 20);
  expect(mix.violating).toBeGreaterThan(RUNS / 20);
});

test.each([
  { threads: 2, orbits: 6 },
  { threads: 3, orbits: 10 },
  { threads: 4, orbits: 15 },
  { threads: 5, orbits: 21 },
])('$threads threads that count round to two have $orbits states', ({ threads, orbits }) => {
  const shared = new Shared();
  const count = modelled('count', function* (own: Variable<number>) {
    yield* loop(null, function* () {
      yield* own.update((value) => (value + 1) % 3);
      return next(null);
    });
  });
  const prepared = prepare({
    shared,
    threads: Array.from({ length: threads }, (_, i) =>
      thread(`t${i}`, 'r', count, shared.integer(`own${i}`, { min: 0, max: 2 })),
    ),
    claims: [],
  });
  // As many as there are ways to put threads in three places: see `Columns`.
  expect(columnsOf(findSymmetry(prepared.compiled), prepared.layout)).toBeDefined();
  for (const crew of [{}, { crew: helpers.ends }]) {
    const options = { ...EVERYTHING, ...crew, symmetry: 'required' as const };
    const { outcome, states } = runCompiled(prepared, options);
    expect([outcome.states, states.size]).toEqual([orbits, orbits]);
  }
});
