import { describe, expect, test } from 'vitest';
import { EVERYTHING, tinySystem } from '../generators/tiny-system.ts';
import { DEADLOCK } from '../language/claim.ts';
import { type Fairness, leaves } from '../language/liveness-claim.ts';
import { Shared } from '../language/shared.ts';
import type { System } from '../language/system.ts';
import {
  bakery,
  brokenRetry,
  dinner,
  lowerFirst,
  mutex,
  only,
  petersonsLock,
  readersAndWriter,
  retriedLock,
  snatchedLock,
  WANTS,
  writer,
} from './classics.ts';
import { exploreLiveness } from './explore-liveness.ts';
import { judgeTwice } from './judge-twice.ts';

const FAIRNESS = ['none', 'weak', 'locks', 'strong'] as const;

/** The assumptions under which nobody waits for ever. */
function livesUnder(system: System): readonly Fairness[] {
  const claims = FAIRNESS.map((fairness) =>
    leaves({ id: fairness, sentence: 'who wants gets', fairness }, WANTS),
  );
  const lassos = judgeTwice(system, claims);
  return FAIRNESS.filter((fairness) => !lassos.has(fairness));
}

test("Peterson's lock starves nobody who gets to move", () => {
  expect(livesUnder(petersonsLock())).toEqual(['weak', 'locks', 'strong']);
});

test('a bakery that runs out of numbers starves who loses each tie', () => {
  expect(livesUnder(bakery())).toEqual(['strong']);
});

describe('a lock that anyone may snatch', () => {
  test('starves, if it is a loop around a compare-exchange, whatever the scheduler does', () => {
    expect(livesUnder(retriedLock())).toEqual([]);
  });

  test('starves, if it is a wait, unless who can move at times gets to move', () => {
    expect(livesUnder(snatchedLock())).toEqual(['strong']);
  });

  test('starves nobody if it has a queue', () => {
    expect(livesUnder(mutex())).toEqual(['locks', 'strong']);
  });
});

describe('a writer among readers that overlap', () => {
  test('is let in by a queue, and by nothing less: the lock need never be free', () => {
    expect(livesUnder(readersAndWriter())).toEqual(['locks']);
  });

  test('limit: a reader that waits for one behind the writer is no deadlock here', () => {
    const shared = new Shared();
    const lock = shared.rwLock('lock', { readers: 2 });
    const seen = shared.boolean('seen');
    const system = tinySystem(shared, [
      function* () {
        yield* lock.read(() => only(seen.waitUntil((value) => value)));
      },
      function* () {
        yield* lock.read(() => only(seen.write(true)));
      },
      () => writer(lock.writer),
    ]);
    // In the kernel the writer may hold the second reader back, which the first one waits for.
    expect(exploreLiveness(system, EVERYTHING).violations).toEqual([]);
  });
});

describe('dining philosophers', () => {
  test('all eat if one of them is left-handed and forks have queues', () => {
    expect(livesUnder(dinner(lowerFirst))).toEqual(['locks', 'strong']);
  });

  test('may all hold one fork: that is a deadlock, and no infinite run', () => {
    const system = dinner((me) => me);
    const { violations } = exploreLiveness({ ...system, liveness: [] }, EVERYTHING);
    expect(violations.map(({ claim }) => claim)).toEqual([DEADLOCK]);
    expect(livesUnder(system)).toEqual(['locks', 'strong']);
  });
});

test('a retry that nothing ever makes succeed goes on for ever, and says so', () => {
  const claim = leaves({ id: 'ends', sentence: 'the retry ends', fairness: 'strong' }, WANTS);
  expect(judgeTwice(brokenRetry(), [claim]).get('ends')).toEqual({
    prefix: 0,
    loop: 4,
    isShortest: true,
    does: ['runs'],
  });
});
