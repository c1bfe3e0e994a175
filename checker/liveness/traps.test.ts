import { describe, expect, test } from 'vitest';
import { replay } from '../generators/replay.ts';
import { EVERYTHING, tinySystem } from '../generators/tiny-system.ts';
import { choose } from '../language/choose.ts';
import { DEADLOCK } from '../language/claim.ts';
import { type Fairness, leadsTo, leaves, noCycle } from '../language/liveness-claim.ts';
import { done, loop, next } from '../language/loop.ts';
import type { Operation, Steps } from '../language/operation.ts';
import { during } from '../language/position.ts';
import { Shared } from '../language/shared.ts';
import type { Variable } from '../language/variable.ts';
import { exploreLiveness } from './explore-liveness.ts';
import { judgeTwice } from './judge-twice.ts';

const text = (id: string, fairness: Fairness = 'weak') => ({ id, sentence: id, fairness });
const stretchEnds = (fairness: Fairness = 'weak') => leaves(text('ends', fairness), 'stretch');

/** Reads a variable until it is true. */
function* spin(flag: Variable<boolean>): Steps<void> {
  yield* loop(null, function* () {
    return (yield* flag.read()) ? done(undefined) : next(null);
  });
}

/** A program of one operation. */
const only = <R>(operation: Operation<R>): Steps<R> => operation[Symbol.iterator]();

describe('a known trap of other checkers', () => {
  test('cycle revisited through a join', () => {
    const shared = new Shared();
    const flag = shared.boolean('flag');
    const way = shared.integer('way', { min: 0, max: 2 });
    const system = tinySystem(shared, [
      function* () {
        // Two ways that join: who comes second finds the states of the cycle already visited.
        const taken = yield* choose([1, 2]);
        yield* way.write(taken);
        yield* way.write(0);
        yield* during('stretch', null, () => spin(flag));
      },
    ]);
    expect(judgeTwice(system, [stretchEnds()]).get('ends')).toMatchObject({ prefix: 3, loop: 1 });
  });

  test('loop through a deadlocked partner', () => {
    const shared = new Shared();
    const [never, busy] = [shared.boolean('never'), shared.boolean('busy')];
    const system = tinySystem(shared, [
      function* () {
        yield* during('stretch', null, () => only(never.waitUntil((value) => value)));
      },
      function* () {
        yield* loop(null, function* () {
          yield* busy.update((value) => !value);
          return next(null);
        });
      },
    ]);
    const { violations } = exploreLiveness({ ...system, liveness: [stretchEnds()] }, EVERYTHING);
    expect(violations.map(({ claim }) => claim)).toEqual(['ends']);
    expect(judgeTwice(system, [stretchEnds()]).get('ends')).toMatchObject({
      prefix: 0,
      loop: 2,
      does: ['waits', 'runs'],
    });
  });

  test('unfair loop not reported', () => {
    const shared = new Shared();
    const flag = shared.boolean('flag');
    const system = tinySystem(shared, [
      function* () {
        yield* during('stretch', null, () => spin(flag));
      },
      function* () {
        yield* flag.write(true);
      },
    ]);
    expect(judgeTwice(system, [stretchEnds('weak')])).toEqual(new Map());
    expect(judgeTwice(system, [stretchEnds('none')]).get('ends')).toMatchObject({
      prefix: 0,
      loop: 1,
      does: ['runs', 'could always move'],
    });
  });

  test('no-step not reported as a cycle', () => {
    const shared = new Shared();
    const never = shared.boolean('never');
    const system = tinySystem(shared, [
      function* () {
        yield* during('stretch', null, () => only(never.waitUntil((value) => value)));
      },
    ]);
    const judged = exploreLiveness({ ...system, liveness: [stretchEnds('none')] }, EVERYTHING);
    expect(judged.violations.map(({ claim }) => claim)).toEqual([DEADLOCK]);
    expect(judged.premises.get('ends')).toBe(1);
  });

  test('a self-loop reported', () => {
    const shared = new Shared();
    const flag = shared.boolean('flag');
    const system = tinySystem(shared, [
      function* () {
        yield* during('stretch', null, () => spin(flag));
      },
    ]);
    expect(exploreLiveness(system, EVERYTHING)).toMatchObject({ states: 1, transitions: 1 });
    expect(judgeTwice(system, [stretchEnds()]).get('ends')).toEqual({
      prefix: 0,
      loop: 1,
      isShortest: true,
      does: ['runs'],
    });
  });

  test('two fair components', () => {
    const shared = new Shared();
    const flag = shared.boolean('flag');
    const place = shared.oneOf('place', ['start', 'left', 'right'], 'start');
    const system = tinySystem(shared, [
      function* () {
        if (yield* choose([true, false])) {
          yield* place.write('left');
        } else {
          yield* flag.write(false);
          yield* place.write('right');
        }
        yield* spin(flag);
      },
    ]);
    const never = (where: string) =>
      noCycle(
        text(where),
        [where],
        () => place.test((now) => now === where)[Symbol.iterator](),
        function* () {
          return yield* flag.read();
        },
      );
    const lassos = judgeTwice(system, [never('left'), never('right'), never('start')]);
    expect([...lassos.keys()].sort()).toEqual(['left', 'right']);
    expect(lassos.get('left')).toMatchObject({ prefix: 2, loop: 1 });
    expect(lassos.get('right')).toMatchObject({ prefix: 3, loop: 1 });
  });

  test('loop shorter than the component', () => {
    const shared = new Shared();
    const count = shared.integer('count', { min: 0, max: 9 });
    const system = tinySystem(shared, [
      function* () {
        yield* during('stretch', null, () =>
          only(
            loop(null, function* () {
              // Round through ten values, or back at once.
              const grows = yield* choose([true, false]);
              yield* count.update((value) => (grows ? (value + 1) % 10 : 0));
              return next(null);
            }),
          ),
        );
      },
    ]);
    expect(exploreLiveness(system, EVERYTHING).states).toBeGreaterThan(20);
    expect(judgeTwice(system, [stretchEnds()]).get('ends')).toMatchObject({ prefix: 0, loop: 2 });
  });
});

describe('a stretch', () => {
  test('that is left and entered again without a step between is left', () => {
    const shared = new Shared();
    const flag = shared.boolean('flag');
    const system = tinySystem(
      shared,
      [
        function* () {
          yield* loop(null, function* () {
            yield* during('stretch', null, () => only(flag.update((value) => !value)));
            return next(null);
          });
        },
      ].map((body) => body),
    );
    expect(judgeTwice(system, [stretchEnds()])).toEqual(new Map());
  });

  test('around another one with the same data is not left with that', () => {
    const shared = new Shared();
    const flag = shared.boolean('flag');
    const system = tinySystem(shared, [
      function* () {
        yield* during('stretch', 1, () =>
          only(
            loop(null, function* () {
              yield* during('stretch', 1, () => only(flag.update((value) => !value)));
              return next(null);
            }),
          ),
        );
      },
    ]);
    expect(judgeTwice(system, [stretchEnds()]).get('ends')).toMatchObject({ loop: 2 });
  });

  test("with data that no claim concerns is nobody's business", () => {
    const shared = new Shared();
    const flag = shared.boolean('flag');
    const system = tinySystem(shared, [
      function* () {
        yield* during('stretch', 1, () => spin(flag));
      },
    ]);
    const of = (data: number) => leaves<number>(text('ends'), 'stretch', (one) => one === data);
    expect(judgeTwice(system, [of(1)]).size).toBe(1);
    expect(judgeTwice(system, [of(2)]).size).toBe(0);
  });
});

describe('whenever the one then the other', () => {
  test('looks at what follows the premise only, and the conclusion may hold at once', () => {
    const shared = new Shared();
    const x = shared.integer('x', { min: 0, max: 3 });
    const flag = shared.boolean('flag');
    const system = tinySystem(shared, [
      function* () {
        for (const value of [1, 2, 3]) yield* x.write(value);
        yield* spin(flag);
      },
    ]);
    const is = (value: number) =>
      function* () {
        return yield* x.test((now) => now === value);
      };
    const claim = (one: number, other: number) =>
      leadsTo(text(`${one} to ${other}`), ['x'], is(one), is(other));
    const claims = [claim(1, 2), claim(2, 1), claim(3, 3), claim(0, 3), claim(3, 0)];
    const lassos = judgeTwice(system, claims);
    expect([...lassos.keys()].sort()).toEqual(['2 to 1', '3 to 0']);
    expect(lassos.get('2 to 1')).toMatchObject({ prefix: 3, loop: 1 });
  });
});

test('a loop that the generators do not confirm is not reproduced', () => {
  const shared = new Shared();
  const flag = shared.boolean('flag');
  const system = {
    ...tinySystem(shared, [
      function* () {
        yield* during('stretch', null, () => spin(flag));
      },
      function* () {
        yield* flag.write(true);
      },
    ]),
    liveness: [stretchEnds()],
  };
  const of = (thread: number) => ({ thread, choices: [] });
  expect(replay(system, 'ends', [], [of(0)])).toMatchObject({ result: 'fixed' });
  expect(replay(system, 'ends', [of(1)], [of(0)])).toMatchObject({ result: 'diverged', at: 1 });
  expect(replay(system, 'ends', [], [of(1)])).toMatchObject({ result: 'diverged', at: 0 });
  expect(replay(system, 'ends', [of(0)], [])).toMatchObject({ result: 'diverged', at: 1 });
});
