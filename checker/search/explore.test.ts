import { describe, expect, test } from 'vitest';
import type { Limits, Outcome } from '../engine/engine.ts';
import { EVERYTHING, tinySystem } from '../generators/tiny-system.ts';
import { assert } from '../language/assert.ts';
import { atomic } from '../language/atomic.ts';
import { choose } from '../language/choose.ts';
import { type Claim, invariant, stepClaim } from '../language/claim.ts';
import { done, loop, next } from '../language/loop.ts';
import type { Steps } from '../language/operation.ts';
import { Shared } from '../language/shared.ts';
import { explore } from './explore.ts';

function find(
  shared: Shared,
  bodies: readonly (() => Steps<unknown>)[],
  claims: readonly Claim[] = [],
  options: Partial<typeof EVERYTHING> = {},
): Outcome {
  return explore(tinySystem(shared, bodies, claims), { ...EVERYTHING, ...options });
}

/** The schedules of the violations, as thread letters. */
function schedules({ violations }: Outcome): Record<string, string> {
  return Object.fromEntries(
    violations.map(({ claim, schedule }) => [
      claim,
      schedule.map(({ thread }) => 'abc'[thread]).join(''),
    ]),
  );
}

describe('the search', () => {
  test('counts the interleavings of two threads of two steps', () => {
    // Positions 0..2 of each thread: 3 x 3 states, and 2 x (2 x 3) steps between them.
    const shared = new Shared();
    const [x, y] = [shared.boolean('x'), shared.boolean('y')];
    const outcome = find(shared, [
      function* () {
        yield* x.read().at('1');
        yield* x.write(true);
      },
      function* () {
        yield* y.read().at('1');
        yield* y.write(true);
      },
    ]);
    expect(outcome).toMatchObject({ exhausted: true, states: 9, transitions: 12, depth: 4 });
  });

  test('finds the lost update of two plain increments', () => {
    const shared = new Shared();
    const x = shared.integer('x', { min: 0, max: 2 });
    const finished = shared.integer('finished', { min: 0, max: 2 });
    const body = function* () {
      yield* x.modify((value) => value + 1);
      yield* finished.update((count) => count + 1);
    };
    const claim = invariant({ id: 'sum', sentence: '' }, [x], function* () {
      if ((yield* finished.read()) < 2) return 'vacuous';
      return (yield* x.read()) === 2;
    });
    const outcome = find(shared, [body, body], [claim]);
    // Load, load, store, store, and both are counted; the fewest switches need three.
    expect(schedules(outcome)).toEqual({ sum: 'abbbaa' });
    expect(outcome.exhausted).toBe(true);
  });

  test('finds the deadlock of two locks taken in opposite orders', () => {
    const shared = new Shared();
    const [m, n] = [shared.mutex('m'), shared.mutex('n')];
    const inOrder = (first: typeof m, second: typeof m) => () =>
      first.hold(() => second.hold(() => choose([0])[Symbol.iterator]()));
    const outcome = find(shared, [inOrder(m, n), inOrder(n, m)]);
    expect(schedules(outcome)).toEqual({ deadlock: 'ab' });
    expect(schedules(find(shared, [inOrder(m, n), inOrder(m, n)]))).toEqual({});
  });

  test('does not take a finished system for a deadlock, nor a loop', () => {
    const shared = new Shared();
    const x = shared.boolean('x');
    const forever = function* () {
      yield* loop(null, function* () {
        yield* x.read();
        return next(null);
      });
    };
    const once = function* () {
      yield* x.write(true);
    };
    expect(find(shared, [once, once]).violations).toEqual([]);
    expect(find(shared, [once, forever]).violations).toEqual([]);
  });

  test('judges steps as a whole, so the middle of an atomic block is seen by nobody', () => {
    const shared = new Shared();
    const x = shared.integer('x', { min: 0, max: 3 });
    const claims = [
      stepClaim({ id: 'by one', sentence: '' }, [x], (a, b) => b === a + 1),
      invariant({ id: 'not 3', sentence: '' }, [x], function* () {
        return (yield* x.read()) !== 3;
      }),
    ];
    const body = function* () {
      yield* atomic(function* () {
        yield* x.write(3);
        yield* x.write(1);
      });
      yield* x.write(2);
    };
    expect(find(shared, [body], claims).violations).toEqual([]);
  });

  test('leaves the state alone however long a block of another thread is', () => {
    const shared = new Shared();
    const [x, y] = [shared.integer('x', { min: 0, max: 9 }), shared.boolean('y')];
    const block = function* () {
      yield* atomic(function* () {
        for (let i = 0; i < 60; i++) yield* x.write(1 + (i % 9));
        yield* x.write(0);
      });
    };
    const reader = function* () {
      yield* assert(yield* x.test((value) => value === 0), 'saw the middle of the block');
      yield* y.write(true);
    };
    const outcome = find(shared, [block, reader]);
    expect(outcome).toMatchObject({ violations: [], states: 6, transitions: 7 });
  });

  test('judges every valuation for itself, however many there are', () => {
    // 300 x 300 states, more than the memo of the judge holds.
    const shared = new Shared();
    const names = ['x', 'y'] as const;
    const [x, y] = names.map((name) => shared.integer(name, { min: 0, max: 299 }));
    const climb = (variable: typeof x) =>
      function* () {
        yield* loop<number>(1, function* (value) {
          yield* variable!.write(value);
          return value === 299 ? done(undefined) : next(value + 1);
        });
      };
    const claim = invariant({ id: 'not 200, 100', sentence: '' }, [0], function* () {
      const above = yield* x!.test((value) => value >= 200);
      if (!above) return 'vacuous';
      const hit = yield* x!.test((value) => value === 200);
      return !(hit && (yield* y!.test((value) => value === 100)));
    });
    const outcome = find(shared, [climb(x), climb(y)], [claim]);
    expect(outcome.states).toBe(90_000);
    expect(outcome.premises.get('not 200, 100')).toBe(100 * 300);
    expect(outcome.violations.map(({ schedule }) => schedule.length)).toEqual([300]);
  });

  test('reports a failed assertion and ends that run there', () => {
    const shared = new Shared();
    const x = shared.integer('x', { min: 0, max: 3 });
    const outcome = find(shared, [
      function* () {
        const seen = yield* choose([1, 2]);
        yield* assert(seen === 1, 'took the wrong one');
        yield* x.write(seen);
      },
    ]);
    expect(outcome.violations).toEqual([
      {
        claim: 'assertions',
        because: 'took the wrong one',
        schedule: [
          { thread: 0, choices: [1] },
          { thread: 0, choices: [] },
        ],
      },
    ]);
    expect(outcome.transitions).toBe(4);
  });

  test('reports an initial state that fails, with an empty schedule', () => {
    const shared = new Shared();
    const x = shared.boolean('x');
    const claim = invariant({ id: 'set', sentence: '' }, [x], function* () {
      return yield* x.read();
    });
    const outcome = find(shared, [() => x.write(true)[Symbol.iterator]()], [claim]);
    expect(schedules(outcome)).toEqual({ set: '' });
  });

  test('is an error where a variable leaves its domain, and only if it does', () => {
    const shared = new Shared();
    const x = shared.integer('x', { min: 0, max: 2 });
    const increments = (times: number) =>
      function* () {
        yield* loop<number>(0, function* (turn) {
          if (turn === times) return done(undefined);
          yield* x.update((value) => value + 1).at('inc');
          return next(turn + 1);
        });
      };
    expect(find(shared, [increments(2)]).states).toBe(3);
    expect(() => find(shared, [increments(3)])).toThrow(
      'x leaves its domain: update by t0 at inc; expected a value from 0 to 2',
    );
  });

  test('is an error where the program throws, and only if it comes there', () => {
    const shared = new Shared();
    const x = shared.integer('x', { min: 0, max: 2 });
    const body = (bad: number) =>
      function* () {
        if ((yield* x.read()) === bad) throw new Error('unexpected');
        yield* x.write(1);
      };
    expect(find(shared, [body(2)]).exhausted).toBe(true);
    expect(() => find(shared, [body(0)])).toThrow('f0: unexpected');
  });
});

describe('the end of a search', () => {
  const shared = new Shared();
  const x = shared.integer('x', { min: 0, max: 4000 });
  const y = shared.integer('y', { min: 0, max: 4000 });
  const climb = (variable: typeof x) =>
    function* () {
      yield* loop(null, function* () {
        const top = yield* variable.fetchUpdate(
          (value) => Math.min(value + 1, 4000),
          (value) => value === 4000,
        );
        return top ? done(undefined) : next(null);
      });
    };
  const below = (bound: number) =>
    invariant({ id: `below ${bound}`, sentence: '' }, [x], function* () {
      return yield* x.test((value) => value < bound);
    });
  const limited = (limits: Limits, claims: readonly Claim[] = []) =>
    find(shared, [climb(x), climb(y)], claims, { limits });

  test('is a stop at each limit', () => {
    expect(limited({ statesMax: 100_000 })).toMatchObject({ exhausted: false, stopped: 'states' });
    expect(limited({ memoryBytesMax: 4_000_000 })).toMatchObject({ stopped: 'memory' });
    expect(limited({ durationMsMax: 0 })).toMatchObject({ stopped: 'time' });
    const interrupted = find(shared, [climb(x), climb(y)], [], { onProgress: () => 'interrupt' });
    expect(interrupted.stopped).toBe('interrupt');
  });

  test('keeps the violations found before the limit', () => {
    const outcome = limited({ statesMax: 100_000 }, [below(50)]);
    expect(outcome.stopped).toBe('states');
    expect(schedules(outcome)).toEqual({ 'below 50': 'a'.repeat(50) });
  });

  test('is the level of the first violation, or the end if told to keep going', () => {
    const claims = [below(3), below(5)];
    const first = find(shared, [climb(x)], claims, { keepGoing: false });
    expect(schedules(first)).toEqual({ 'below 3': 'aaa' });
    expect(first).toMatchObject({ exhausted: false, states: 4 });
    const all = find(shared, [climb(x)], claims);
    expect(schedules(all)).toEqual({ 'below 3': 'aaa', 'below 5': 'aaaaa' });
    expect(all.exhausted).toBe(true);
  });
});
