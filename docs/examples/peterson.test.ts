import { expect, test } from 'vitest';
import { checkLiveness, checkScope } from '../../checker/index.ts';
import peterson from './peterson.ts';

// Counts of the same lock by SPIN, rumur, CMurphi, TLC and Stateright. No two of its program
// counters have equal futures: `set`, `trn` and `wai` differ between levels in the value that is
// written or the variable that is looked at, `chk` in the level and the thread that it compares.
test.each([
  { threads: 2, states: 32, transitions: 64, depth: 7 },
  { threads: 3, states: 1_626, transitions: 4_878, depth: 22 },
  { threads: 4, states: 115_256, transitions: 461_024, depth: 42 },
])('the filter lock of $threads threads has $states states', ({ threads, ...counts }) => {
  const options = { engine: 'interpreter', limits: {}, keepGoing: false } as const;
  const result = checkScope(peterson, { threads }, options);

  expect(result).toMatchObject({ verdict: 'EXHAUSTED', ...counts });
  expect(result.claims.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['exclusion', 'HOLDS'],
    ['assertions', 'HOLDS'],
    ['deadlock', 'HOLDS'],
  ]);
});

test('a thread that waits gets the lock, if threads that can move do', () => {
  const options = { engine: 'interpreter', limits: {}, keepGoing: false } as const;
  const { states, claims } = checkLiveness(peterson, { threads: 3 }, options);

  expect(states).toBe(1_626);
  expect(claims.find(({ id }) => id === 'progress')).toMatchObject({
    verdict: 'HOLDS',
    fairness: 'weak',
  });
});
