import { expect, test } from 'vitest';
import { buildSystem } from '../language/model.ts';
import lostUpdate from '../report/fixtures/lost-update.ts';
import { contendedRuns } from './contended-runs.ts';
import { Machine } from './machine.ts';
import { record } from './recording.ts';

const system = buildSystem(lostUpdate, { threads: 2, variant: 'racy' });
const search = { seed: 'a', tries: 50, kept: 3, stepsMax: 100 };

test('finds the runs in which two threads alternate, and finds them again', () => {
  const runs = contendedRuns(system, search);
  // L1 L1 L2 L2 L3 L3 in turns: all but the first of each variable meets the step before.
  expect(runs.map(({ meetings }) => meetings)).toEqual([3, 3, 3]);
  expect(contendedRuns(system, search)).toEqual(runs);
  expect(contendedRuns(system, { ...search, seed: 'b' })).not.toEqual(runs);
  for (const { moves } of runs)
    expect(record(new Machine(system), moves).recording.steps).toHaveLength(6);
});

test('counts no meeting of a thread with itself, and cuts what does not end', () => {
  const alone = buildSystem(lostUpdate, { threads: 1, variant: 'racy' });
  expect(contendedRuns(alone, search).map(({ meetings }) => meetings)).toEqual([0, 0, 0]);
  const [cut] = contendedRuns(system, { ...search, stepsMax: 2 });
  expect(cut?.moves).toHaveLength(2);
});
