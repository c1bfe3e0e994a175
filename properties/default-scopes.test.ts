import { expect, it } from 'vitest';
import { runCheck } from '../checker/index.ts';
import { scopes } from '../model/scopes.ts';
import model from './index.ts';

const options = { engine: 'compiled', limits: {}, keepGoing: true } as const;

/** States up to renaming of vCPUs, transitions and depth of each scope, by the number of vCPUs. */
const SIZES: Readonly<Record<number, readonly (readonly [number, number, number])[]>> = {
  1: [
    [9_041, 10_514, 74],
    [54_713, 95_505, 78],
    [10_066, 11_486, 72],
    [4_859, 5_458, 64],
  ],
  2: [
    [3_192_724, 7_073_374, 89],
    [6_623_434, 17_044_282, 96],
    [1_718_237, 3_751_976, 100],
    [785_536, 1_670_952, 88],
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
