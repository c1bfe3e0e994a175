import { expect, it } from 'vitest';
import { runCheck } from '../checker/index.ts';
import { scopes } from '../model/scopes.ts';
import model from './index.ts';

const options = { engine: 'interpreter', limits: {}, keepGoing: true } as const;

it.each([1, 2])('every claim holds, and its premise is met, for %i vCPUs', (vcpus) => {
  const { verdict, claims } = runCheck(model, scopes({ vcpus }), options);
  expect(verdict).toBe('EXHAUSTED');
  const judged = claims.filter(({ id }) => id !== 'assertions');
  expect(judged.filter(({ premise }) => !(premise > 0)).map(({ id }) => id)).toEqual([]);
});
