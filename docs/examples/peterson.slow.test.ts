import { expect, test } from 'vitest';
import { checkScope } from '../../checker/index.ts';
import peterson from './peterson.ts';

test('the filter lock of 5 threads has 10,042,596 states, as SPIN, rumur and CMurphi say', () => {
  const options = { engine: 'interpreter', limits: {}, keepGoing: false } as const;

  expect(checkScope(peterson, { threads: 5 }, options)).toMatchObject({
    verdict: 'EXHAUSTED',
    states: 10_042_596,
    transitions: 50_212_980,
    depth: 68,
  });
});
