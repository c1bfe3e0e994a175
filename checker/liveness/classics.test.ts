import { describe, expect, test } from 'vitest';
import { EVERYTHING, tinySystem } from '../generators/tiny-system.ts';
import { DEADLOCK } from '../language/claim.ts';
import { type Fairness, leaves } from '../language/liveness-claim.ts';
import type { LockSide } from '../language/lock.ts';
import { done, loop, next } from '../language/loop.ts';
import { modelled } from '../language/modelled.ts';
import type { Operation, Steps } from '../language/operation.ts';
import { during } from '../language/position.ts';
import { Shared } from '../language/shared.ts';
import { type System, thread } from '../language/system.ts';
import type { Variable } from '../language/variable.ts';
import { exploreLiveness } from './explore-liveness.ts';
import { judgeTwice } from './judge-twice.ts';

const FAIRNESS = ['none', 'weak', 'locks', 'strong'] as const;

/** A program of one operation. */
const only = <R>(operation: Operation<R>): Steps<R> => operation[Symbol.iterator]();

/** The assumptions under which nobody waits for ever. */
function livesUnder(system: System): readonly Fairness[] {
  const claims = FAIRNESS.map((fairness) =>
    leaves({ id: fairness, sentence: 'who wants gets', fairness }, 'wants'),
  );
  const lassos = judgeTwice(system, claims);
  return FAIRNESS.filter((fairness) => !lassos.has(fairness));
}

/** Threads that for ever want and get, and do `work` in between. */
function contenders(
  shared: Shared,
  count: number,
  want: (me: number) => Steps<unknown>,
  work: (me: number) => Steps<unknown>,
): System {
  return tinySystem(
    shared,
    Array.from(
      { length: count },
      (_, me) =>
        function* () {
          yield* loop(null, function* () {
            yield* during('wants', me, () => want(me));
            yield* work(me);
            return next(null);
          });
        },
    ),
  );
}

test("Peterson's lock starves nobody who gets to move", () => {
  const shared = new Shared();
  const flag = shared.array('flag', 2, (name) => shared.boolean(name));
  const turn = shared.integer('turn', { min: 0, max: 1 });
  const system = contenders(
    shared,
    2,
    function* (me) {
      yield* flag.at(me).write(true);
      yield* turn.write(1 - me);
      yield* loop(null, function* () {
        if (!(yield* flag.at(1 - me).read())) return done(undefined);
        return (yield* turn.read()) === me ? done(undefined) : next(null);
      });
    },
    (me) => only(flag.at(me).write(false)),
  );
  expect(livesUnder(system)).toEqual(['weak', 'locks', 'strong']);
});

test('a bakery that runs out of numbers starves who loses each tie', () => {
  const shared = new Shared();
  const choosing = shared.array('choosing', 2, (name) => shared.boolean(name));
  const number = shared.array('number', 2, (name) => shared.integer(name, { min: 0, max: 2 }));
  const system = contenders(
    shared,
    2,
    function* (me) {
      const [mine, other] = [number.at(me), number.at(1 - me)];
      yield* choosing.at(me).write(true);
      yield* mine.write((yield* other.read()) === 0 ? 1 : 2);
      yield* choosing.at(me).write(false);
      yield* choosing.at(1 - me).waitUntil((is) => !is);
      const ticket = yield* mine.read();
      yield* other.waitUntil(
        (theirs) => theirs === 0 || theirs > ticket || (theirs === ticket && me === 0),
      );
    },
    (me) => only(number.at(me).write(0)),
  );
  expect(livesUnder(system)).toEqual(['strong']);
});

describe('a lock that anyone may snatch', () => {
  test('starves, if it is a loop around a compare-exchange, whatever the scheduler does', () => {
    const shared = new Shared();
    const taken = shared.boolean('taken');
    const system = contenders(
      shared,
      2,
      () =>
        loop(null, function* () {
          return (yield* taken.compareExchange(false, true)) ? done(undefined) : next(null);
        })[Symbol.iterator](),
      () => only(taken.write(false)),
    );
    expect(livesUnder(system)).toEqual([]);
  });

  test('starves, if it is a wait, unless who can move at times gets to move', () => {
    const shared = new Shared();
    const taken = shared.boolean('taken');
    const system = contenders(
      shared,
      2,
      () => takeWhenFree(taken),
      () => only(taken.write(false)),
    );
    expect(livesUnder(system)).toEqual(['strong']);
  });

  test('starves nobody if it has a queue', () => {
    const shared = new Shared();
    const lock = shared.mutex('lock');
    const system = contenders(
      shared,
      2,
      () => only(lock.acquire()),
      () => only(lock.release()),
    );
    expect(livesUnder(system)).toEqual(['locks', 'strong']);
  });
});

function* takeWhenFree(taken: Variable<boolean>): Steps<void> {
  yield* taken.access('take', (is) => (is ? 'disabled' : { next: true, result: undefined }));
}

describe('a writer among readers that overlap', () => {
  test('is let in by a queue, and by nothing less: the lock need never be free', () => {
    const shared = new Shared();
    const lock = shared.rwLock('lock', { readers: 2 });
    const system: System = {
      shared,
      threads: [
        ...[0, 1].map((i) => thread(`r${i}`, 'reader', modelled('read', reader), lock.reader)),
        thread('w', 'writer', modelled('write', writer), lock.writer),
      ],
      claims: [],
    };
    expect(livesUnder(system)).toEqual(['locks']);
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

function* reader(side: LockSide): Steps<void> {
  yield* loop(null, function* () {
    yield* side.acquire();
    yield* side.release();
    return next(null);
  });
}

function* writer(side: LockSide): Steps<void> {
  yield* during('wants', null, () => only(side.acquire()));
  yield* side.release();
}

describe('dining philosophers', () => {
  const SEATS = 3;

  function dinner(first: (me: number) => number): System {
    const shared = new Shared();
    const forks = shared.array('fork', SEATS, (name) => shared.mutex(name));
    const otherOf = (me: number) => me + ((me + 1) % SEATS) - first(me);
    return contenders(
      shared,
      SEATS,
      function* (me) {
        yield* forks.at(first(me)).acquire();
        yield* forks.at(otherOf(me)).acquire();
      },
      function* (me) {
        yield* forks.at(otherOf(me)).release();
        yield* forks.at(first(me)).release();
      },
    );
  }

  test('all eat if one of them is left-handed and forks have queues', () => {
    expect(livesUnder(dinner((me) => Math.min(me, (me + 1) % SEATS)))).toEqual(['locks', 'strong']);
  });

  test('may all hold one fork: that is a deadlock, and no infinite run', () => {
    const system = dinner((me) => me);
    const { violations } = exploreLiveness({ ...system, liveness: [] }, EVERYTHING);
    expect(violations.map(({ claim }) => claim)).toEqual([DEADLOCK]);
    expect(livesUnder(system)).toEqual(['locks', 'strong']);
  });
});

test('a retry that nothing ever makes succeed goes on for ever, and says so', () => {
  const shared = new Shared();
  const [ready, tries] = [shared.boolean('ready'), shared.integer('tries', { min: 0, max: 1 })];
  const system = tinySystem(shared, [
    function* () {
      yield* during('wants', null, () =>
        only(
          loop(null, function* () {
            if (yield* ready.read()) return done(undefined);
            yield* tries.update((count) => 1 - count);
            return next(null);
          }),
        ),
      );
    },
  ]);
  const claim = leaves({ id: 'ends', sentence: 'the retry ends', fairness: 'strong' }, 'wants');
  expect(judgeTwice(system, [claim]).get('ends')).toEqual({
    prefix: 0,
    loop: 4,
    isShortest: true,
    does: ['runs'],
  });
});
