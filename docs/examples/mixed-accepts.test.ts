import { describe, expect, test } from 'vitest';
import { checkScope } from '../../checker/index.ts';
import mixedAccepts from './mixed-accepts.ts';

interface Row {
  readonly vcpus: number;
  readonly top: string;
  readonly accepts: number;
  readonly mistake?: string;
}

function run({ vcpus, top, accepts, mistake = 'none' }: Row) {
  const options = { engine: 'interpreter', limits: {}, keepGoing: false } as const;
  return checkScope(mixedAccepts, { vcpus, top, accepts, mistake }, options);
}

// Counts by SPIN, rumur, CMurphi, TLC and Stateright of the same table of steps. Its program
// counters do not merge further here: whatever a vCPU does next, it then goes on with the accepts
// that are left to it, and no two positions in a script leave the same.
test.each([
  { vcpus: 1, top: '2M', accepts: 1, states: 38, transitions: 48 },
  { vcpus: 1, top: '2M', accepts: 2, states: 87, transitions: 108 },
  { vcpus: 1, top: '1G', accepts: 1, states: 38, transitions: 48 },
  { vcpus: 1, top: '1G', accepts: 2, states: 85, transitions: 106 },
  { vcpus: 2, top: '2M', accepts: 1, states: 670, transitions: 1_245 },
  { vcpus: 2, top: '2M', accepts: 2, states: 2_728, transitions: 5_288 },
  { vcpus: 2, top: '1G', accepts: 1, states: 670, transitions: 1_245 },
  { vcpus: 2, top: '1G', accepts: 2, states: 2_668, transitions: 5_084 },
  { vcpus: 3, top: '2M', accepts: 1, states: 6_056, transitions: 14_852 },
  { vcpus: 3, top: '2M', accepts: 2, states: 37_681, transitions: 99_915 },
  { vcpus: 3, top: '1G', accepts: 1, states: 6_056, transitions: 14_852 },
  { vcpus: 3, top: '1G', accepts: 2, states: 62_058, transitions: 165_336 },
])('$vcpus vCPUs, up to $top, $accepts accepts: $states states', (row) => {
  const { states, transitions } = row;
  expect(run(row)).toMatchObject({ verdict: 'EXHAUSTED', states, transitions });
});

describe('the seeded mistakes', () => {
  test.each([
    { mistake: 'early-read', top: '2M', states: 91 },
    { mistake: 'early-read', top: '1G', states: 89 },
    { mistake: 'no-split', top: '1G', states: 85 },
  ])('$mistake is harmless with one vCPU and $top', ({ states, ...row }) => {
    const result = run({ vcpus: 1, accepts: 2, ...row });
    expect(result).toMatchObject({ verdict: 'EXHAUSTED', states });
  });

  test.each([
    { mistake: 'early-read', vcpus: 2, top: '2M', steps: 14 },
    { mistake: 'early-read', vcpus: 2, top: '1G', steps: 14 },
    { mistake: 'no-split', vcpus: 1, top: '2M', steps: 16 },
    { mistake: 'no-split', vcpus: 2, top: '2M', steps: 15 },
    { mistake: 'no-split', vcpus: 2, top: '1G', steps: 15 },
  ])('$mistake is found with $vcpus vCPUs and $top after $steps steps', ({ steps, ...row }) => {
    const violated = run({ accepts: 2, ...row }).claims.filter(
      ({ verdict }) => verdict === 'VIOLATED',
    );
    expect(violated.map(({ id }) => id)).toEqual(['no-leaf-above']);
    expect(violated[0]?.counterexample?.steps).toHaveLength(steps);
  });
});
