import { expect, test } from 'vitest';
import { disagreement } from './compare-spin.ts';

const OURS = { states: 8, transitions: 9, assertion: false, deadlock: true, claim: undefined };

test('SPIN agrees only if it counts and finds the same', () => {
  const against = (theirs: Partial<typeof OURS>) =>
    disagreement({ kind: 'compared', ours: OURS, theirs: { ...OURS, ...theirs } });
  expect(against({})).toBeUndefined();
  expect(against({ transitions: 10 })).toBe('transitions: ours 9, SPIN 10');
  expect(against({ deadlock: false })).toBe('deadlock: ours true, SPIN false');
});

test('an error of the model has to be found by SPIN too', () => {
  const because = 'v0 leaves its domain';
  expect(disagreement({ kind: 'faulty', because, found: true })).toBeUndefined();
  expect(disagreement({ kind: 'faulty', because, found: false })).toBe(
    'SPIN does not find that v0 leaves its domain',
  );
});
