import { afterAll, beforeAll, expect, test } from 'vitest';
import { helper } from './agreement.ts';
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
