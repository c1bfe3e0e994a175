import { expect, it } from 'vitest';
import { runCheck } from '../checker/index.ts';
import { scopes } from '../model/scopes.ts';
import model from './index.ts';

const options = { engine: 'interpreter', limits: {}, keepGoing: true } as const;

/** States, transitions and depth of each scope, by the number of vCPUs. */
const SIZES: Readonly<Record<number, readonly (readonly [number, number, number])[]>> = {
  1: [
    [9_041, 10_514, 74],
    [54_713, 95_505, 78],
    [10_066, 11_486, 72],
    [4_859, 5_458, 64],
  ],
  2: [
    [1_367_279, 2_923_016, 84],
    [395_213, 946_590, 63],
    [56_607, 116_692, 63],
    [47_937, 93_880, 53],
  ],
};

it.each([1, 2])('every claim holds, and its premise is met, for %i vCPUs', (vcpus) => {
  const result = runCheck(model, scopes({ vcpus }), options);
  expect(result.verdict).toBe('EXHAUSTED');
  const judged = result.claims.filter(({ id }) => id !== 'assertions');
  expect(judged.filter(({ premise }) => !(premise > 0)).map(({ id }) => id)).toEqual([]);
  const sizes = result.scopes.map(({ states, transitions, depth }) => [states, transitions, depth]);
  expect(sizes).toEqual(SIZES[vcpus]);
});
