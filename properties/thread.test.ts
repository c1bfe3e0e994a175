import { expect, test } from 'vitest';
import { buildSystem } from '../checker/index.ts';
import { complete_scope } from '../model/scopes.ts';
import model from './index.ts';
import { thread } from './thread.ts';

const { claims, liveness = [] } = buildSystem(model, complete_scope({ host: ['convert'] }));
const ids = [...claims, ...liveness].map(({ id }) => id);

test.each(thread)('"$text" is tested by claims of the model', ({ testedBy }) => {
  expect(testedBy.filter((id) => !ids.includes(id))).toEqual([]);
});

test('the thread is in the order in which it was written', () => {
  const days = thread.map(({ when }) => Date.parse(when));
  expect(days).toEqual(days.toSorted((a, b) => a - b));
});
