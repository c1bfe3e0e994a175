import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareRandomPrograms, helper } from './agreement.ts';
import type { Helpers } from './crew.ts';

const SEED = 3_001;
const RUNS = 1_200;

let helpers: Helpers;
beforeAll(async () => {
  helpers = await helper();
});
afterAll(() => helpers.end());

test(`the compiled search agrees with the interpreter on random programs (seed ${SEED})`, () => {
  const mix = compareRandomPrograms(SEED, RUNS, helpers);
  console.info(`compiled random programs, seed ${SEED}:`, mix);
  expect(mix.compared).toBeGreaterThanOrEqual(1_000);
  expect(mix.violating).toBeGreaterThan(mix.compared / 4);
  expect(mix['over 500 states']).toBeGreaterThan(mix.compared / 10);
  expect(mix.faulty).toBeGreaterThan(0);
  expect(mix.symmetric).toBeGreaterThan(0);
});
