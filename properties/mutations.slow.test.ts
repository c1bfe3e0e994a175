import { expect, it } from 'vitest';
import { runCheck } from '../checker/index.ts';
import { mutations } from '../model/mutations/index.ts';
import { scopes } from '../model/scopes.ts';
import model from './index.ts';

const harmless = mutations.filter(({ hits }) => hits.length === 0);
const options = { engine: 'compiled', limits: {}, keepGoing: false } as const;

it.each(harmless)('violates nothing with one vCPU: $number $name', ({ name }) => {
  expect(runCheck(model, scopes({ vcpus: 1, mutate: name }), options).verdict).toBe('EXHAUSTED');
});
