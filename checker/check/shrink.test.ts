import { expect, test } from 'vitest';
import lostUpdate from '../report/fixtures/lost-update.ts';
import { type CheckOptions, runCheck } from './check.ts';
import type { Shrunk } from './result.ts';

function shrunkOf(more: Partial<CheckOptions> = {}): Shrunk {
  const scopes = [{ threads: 2, variant: 'racy' }];
  const options = { engine: 'interpreter', limits: {}, keepGoing: false, shrink: true } as const;
  const { claims } = runCheck(lostUpdate, scopes, { ...options, ...more });
  return claims[0]!.counterexample!.shrunk!;
}

test('says by which races a claim fails, how often, and how', () => {
  const { races, unproved } = shrunkOf();
  expect(unproved).toEqual([]);
  expect(races).toEqual([
    {
      pair: ['increment', 'increment'],
      transitions: races![0]!.transitions,
      steps: 6,
      schedule: expect.stringMatching(/^lost-update@1\/\/kept\//),
    },
  ]);
  // The two threads can trade places.
  expect(races![0]!.transitions % 2).toBe(0);
});

test('is the same for every engine, and again', () => {
  const races = shrunkOf().races;
  expect(shrunkOf({ engine: 'compiled' }).races).toEqual(races);
  expect(shrunkOf({ engine: 'naive' }).races).toEqual(races);
});
