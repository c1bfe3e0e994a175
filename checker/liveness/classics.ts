import { tinySystem } from '../generators/tiny-system.ts';
import type { LockSide } from '../language/lock.ts';
import { done, loop, next } from '../language/loop.ts';
import { modelled } from '../language/modelled.ts';
import type { Operation, Steps } from '../language/operation.ts';
import { during } from '../language/position.ts';
import { Shared } from '../language/shared.ts';
import { type System, thread } from '../language/system.ts';

// For tests: programs that books on liveness tell. Whoever wants something is inside of `WANTS`.

/** The mark of who wants something and has not got it. */
export const WANTS = 'wants';

/** A program of one operation. */
export const only = <R>(operation: Operation<R>): Steps<R> => operation[Symbol.iterator]();

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
            yield* during(WANTS, me, () => want(me));
            yield* work(me);
            return next(null);
          });
        },
    ),
  );
}

export function petersonsLock(): System {
  const shared = new Shared();
  const flag = shared.array('flag', 2, (name) => shared.boolean(name));
  const turn = shared.integer('turn', { min: 0, max: 1 });
  return contenders(
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
}

/** Its numbers end at 2, so that the same tie comes again. */
export function bakery(): System {
  const shared = new Shared();
  const choosing = shared.array('choosing', 2, (name) => shared.boolean(name));
  const number = shared.array('number', 2, (name) => shared.integer(name, { min: 0, max: 2 }));
  return contenders(
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
}

/** A loop around a compare-exchange. */
export function retriedLock(): System {
  const shared = new Shared();
  const taken = shared.boolean('taken');
  return contenders(
    shared,
    2,
    () =>
      loop(null, function* () {
        return (yield* taken.compareExchange(false, true)) ? done(undefined) : next(null);
      })[Symbol.iterator](),
    () => only(taken.write(false)),
  );
}

/** A wait that takes the lock in the moment in which it is free. */
export function snatchedLock(): System {
  const shared = new Shared();
  const taken = shared.boolean('taken');
  return contenders(
    shared,
    2,
    () => only(taken.access('take', (is) => (is ? 'disabled' : { next: true, result: undefined }))),
    () => only(taken.write(false)),
  );
}

export function mutex(): System {
  const shared = new Shared();
  const lock = shared.mutex('lock');
  return contenders(
    shared,
    2,
    () => only(lock.acquire()),
    () => only(lock.release()),
  );
}

/** A writer among two readers that may overlap for ever. */
export function readersAndWriter(): System {
  const shared = new Shared();
  const lock = shared.rwLock('lock', { readers: 2 });
  return {
    shared,
    threads: [
      ...[0, 1].map((i) => thread(`r${i}`, 'reader', modelled('read', reader), lock.reader)),
      thread('w', 'writer', modelled('write', writer), lock.writer),
    ],
    claims: [],
  };
}

function* reader(side: LockSide): Steps<void> {
  yield* loop(null, function* () {
    yield* side.acquire();
    yield* side.release();
    return next(null);
  });
}

export function* writer(side: LockSide): Steps<void> {
  yield* during(WANTS, null, () => only(side.acquire()));
  yield* side.release();
}

const SEATS = 3;

/** @param first which fork a philosopher takes first: the own one, or that of the next */
export function dinner(first: (me: number) => number): System {
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

/** The fork with the lower number first, so that one of them is left-handed. */
export const lowerFirst = (me: number) => Math.min(me, (me + 1) % SEATS);

export function brokenRetry(): System {
  const shared = new Shared();
  const [ready, tries] = [shared.boolean('ready'), shared.integer('tries', { min: 0, max: 1 })];
  return tinySystem(shared, [
    function* () {
      yield* during(WANTS, null, () =>
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
}
