import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareEngines, helper } from '../checker/compiled/agreement.ts';
import type { Helpers } from '../checker/compiled/crew.ts';
import { mutations } from '../model/mutations/index.ts';
import { complete_scope, scopes } from '../model/scopes.ts';
import model from './index.ts';
import { SMALLEST } from './smallest-scopes.ts';

let helpers: Helpers;
beforeAll(async () => {
  helpers = await helper();
});
afterAll(() => helpers.end());

const harmless = mutations.filter(({ hits }) => hits.length === 0);
const breaking = mutations.filter(({ hits }) => hits.length > 0);

it.each(harmless)('the engines agree about mutation $number $name', ({ name, needs }) => {
  const scope = complete_scope({ vcpus: 2, ops: 1, ...needs, mutate: name });
  expect(compareEngines(model, { ...scope }, helpers).verdict).toBe('EXHAUSTED');
});

it.each(breaking)('the engines agree about all of mutation $number $name', (mutation) => {
  const { number, name, needs } = mutation;
  const scope = complete_scope({ ...SMALLEST[number], ...needs, mutate: name });
  expect(compareEngines(model, { ...scope }, helpers, true).verdict).toBe('VIOLATED');
});

it.each(scopes({ vcpus: 2 }))('the engines agree about default scope %#', (scope) => {
  expect(compareEngines(model, { ...scope }, helpers).verdict).toBe('EXHAUSTED');
});
