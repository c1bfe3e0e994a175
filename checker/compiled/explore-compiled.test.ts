import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareRandomPrograms, helper } from './agreement.ts';
import type { Helpers } from './crew.ts';

const SEED = 3_002;

let helpers: Helpers;
beforeAll(async () => {
  helpers = await helper();
});
afterAll(() => helpers.end());

test(`the compiled search agrees with the interpreter on some programs (seed ${SEED})`, () => {
  const mix = compareRandomPrograms(SEED, 150, helpers);
  expect(mix.compared).toBeGreaterThan(100);
  expect(mix.violating).toBeGreaterThan(mix.compared / 4);
});
