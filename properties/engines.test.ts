import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareEngines, helper } from '../checker/compiled/agreement.ts';
import type { Helpers } from '../checker/compiled/crew.ts';
import { mutations } from '../model/mutations/index.ts';
import { complete_scope } from '../model/scopes.ts';
import model from './index.ts';
import { SMALLEST } from './smallest-scopes.ts';

let helpers: Helpers;
beforeAll(async () => {
  helpers = await helper();
});
afterAll(() => helpers.end());

const breaking = mutations.filter(({ hits }) => hits.length > 0);

it.each(breaking)('the engines agree about mutation $number $name', ({ number, name, needs }) => {
  const scope = complete_scope({ ...SMALLEST[number], ...needs, mutate: name });
  expect(compareEngines(model, { ...scope }, helpers).verdict).toBe('VIOLATED');
});

it('the engines agree about every claim that a mutation breaks in the end', () => {
  const scope = complete_scope({ vcpus: 2, ops: 1, regions: 1, mutate: 'goal-before-lock' });
  const { claims } = compareEngines(model, { ...scope }, helpers, true);
  expect(claims.filter(({ verdict }) => verdict === 'VIOLATED').length).toBeGreaterThan(1);
});
