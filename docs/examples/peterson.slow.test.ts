import { expect, test } from 'vitest';
import { buildSystem } from '../../checker/language/model.ts';
import { explore } from '../../checker/search/explore.ts';
import peterson from './peterson.ts';

test('the filter lock of 5 threads has 10,042,596 states, as SPIN, rumur and CMurphi say', () => {
  const outcome = explore(buildSystem(peterson, { threads: 5 }), {
    limits: {},
    keepGoing: false,
    onProgress: () => 'continue',
  });

  expect(outcome).toMatchObject({
    states: 10_042_596,
    transitions: 50_212_980,
    depth: 68,
    exhausted: true,
    violations: [],
  });
});
