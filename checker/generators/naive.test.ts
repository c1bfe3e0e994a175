import { expect, test } from 'vitest';
import type { EngineOptions } from '../engine/engine.ts';
import { assert } from '../language/assert.ts';
import { choose } from '../language/choose.ts';
import { invariant, onReturn, stepClaim } from '../language/claim.ts';
import { done, loop, next } from '../language/loop.ts';
import { modelled } from '../language/modelled.ts';
import type { Steps } from '../language/operation.ts';
import { during, inside } from '../language/position.ts';
import { Shared } from '../language/shared.ts';
import { thread } from '../language/system.ts';
import type { Variable } from '../language/variable.ts';
import { naive } from './naive.ts';
import { EVERYTHING, tinySystem } from './tiny-system.ts';

const UNTIL_VIOLATED: EngineOptions = { ...EVERYTHING, keepGoing: false };

function twoIncrements() {
  const shared = new Shared();
  const x = shared.integer('x', { min: 0, max: 2 });
  const increment = () => x.modify((value) => value + 1);
  return { shared, x, bodies: [increment, increment] };
}

test('two increments of two steps each have 12 states and 14 transitions', () => {
  // t0 and t1 are at 0 (nothing done), 1 (read) or 2 (wrote). Read values tell states apart:
  // level 0: 00; 1: 10, 01; 2: 20, 11, 02; 3: 21(read 1), 21(read 0), 12(read 1), 12(read 0);
  // level 4: 22 with x = 2 or x = 1: 12 states.
  // Transitions: 2 + 2 * 2 + (1 + 2 + 1) + 4 = 14.
  const { shared, bodies } = twoIncrements();
  const { coverage, ...outcome } = naive(tinySystem(shared, bodies), EVERYTHING);
  // Each reads 0 in two states and 1 in one, and writes in four.
  const times = [...(coverage?.times.values() ?? [])];
  expect(times.sort()).toEqual([1, 1, 2, 2, 4, 4]);
  expect(outcome).toEqual({
    exhausted: true,
    states: 12,
    transitions: 14,
    depth: 4,
    premises: new Map(),
    violations: [],
    stateBits: 0,
    memoryBytes: 0,
  });
});

test('Peterson keeps two threads apart', () => {
  const shared = new Shared();
  const flags = shared.array('flag', 2, (name) => shared.boolean(name));
  const turn = shared.integer('turn', { min: 0, max: 1 });
  const lock = modelled('lock', function* (me: number) {
    yield* flags.at(me).write(true);
    yield* turn.write(1 - me);
    yield* loop(undefined, function* () {
      if (!(yield* flags.at(1 - me).read())) return done(undefined);
      return (yield* turn.read()) === me ? done(undefined) : next(undefined);
    });
  });
  const program = modelled('program', function* (me: number) {
    yield* lock(me);
    yield* during('critical', undefined, () => flags.at(me).write(false)[Symbol.iterator]());
  });
  const alone = invariant({ id: 'alone', sentence: '' }, ['all'], function* () {
    return (yield* inside('critical')) < 2;
  });
  const threads = [0, 1].map((me) => thread(`t${me}`, 'worker', program, me));
  const { exhausted, violations, premises, states } = naive(
    { shared, threads, claims: [alone] },
    EVERYTHING,
  );
  expect({ exhausted, violations }).toEqual({ exhausted: true, violations: [] });
  expect(premises.get('alone')).toBe(states);
});

test('a violation comes with a shortest schedule', () => {
  const { shared, x, bodies } = twoIncrements();
  const late = invariant({ id: 'late', sentence: '' }, ['x'], function* () {
    return (yield* x.read()) < 2;
  });
  expect(naive(tinySystem(shared, bodies, [late]), UNTIL_VIOLATED).violations).toEqual([
    {
      claim: 'late',
      because: 'fails for x',
      schedule: [0, 0, 1, 1].map((t) => ({ thread: t, choices: [] })),
    },
  ]);
});

test('a search ends after the level in which the first claim failed, unless it keeps going', () => {
  const shared = new Shared();
  const x = shared.integer('x', { min: 0, max: 3 });
  const below = (limit: number) =>
    invariant({ id: `below ${limit}`, sentence: '' }, [limit], function* () {
      return (yield* x.read()) < limit;
    });
  const grows = stepClaim({ id: 'stays', sentence: '' }, [x], () => false);
  const body = function* (): Steps<void> {
    yield* x.write(1);
    yield* x.write(2);
    yield* x.write(3);
  };
  const system = tinySystem(shared, [body], [below(2), below(1), grows]);
  const first = naive(system, UNTIL_VIOLATED);
  expect(first.violations.map(({ claim, schedule }) => [claim, schedule.length])).toEqual([
    ['stays', 1],
    ['below 1', 1],
  ]);
  expect(first).toMatchObject({ exhausted: false, states: 2, depth: 1 });
  const all = naive(system, EVERYTHING);
  expect(all.violations.map(({ claim, schedule }) => [claim, schedule.length])).toEqual([
    ['stays', 1],
    ['below 1', 1],
    ['below 2', 2],
  ]);
  expect(all).toMatchObject({ exhausted: true, states: 4, depth: 3 });
  expect(all.premises).toEqual(
    new Map([
      ['below 2', 4],
      ['below 1', 4],
      ['stays', 3],
    ]),
  );
});

test('a deadlock names the threads that wait, and ends where they began to', () => {
  const shared = new Shared();
  const [m, n] = [shared.mutex('m'), shared.mutex('n')];
  const nested = (outer: typeof m, inner: typeof m) => () =>
    outer.hold(() => inner.hold(function* () {}));
  const system = tinySystem(shared, [nested(m, n), nested(n, m)]);
  expect(naive(system, UNTIL_VIOLATED).violations).toEqual([
    {
      claim: 'deadlock',
      because: 't0, t1 wait for ever',
      schedule: [
        { thread: 0, choices: [] },
        { thread: 1, choices: [] },
      ],
    },
  ]);
});

test('an assertion that fails ends its path, and the schedule shows the choices', () => {
  const body = function* () {
    const picked = yield* choose(['a', 'b', 'c']);
    yield* assert(picked !== 'b', 'picked b');
  };
  const outcome = naive(tinySystem(new Shared(), [body]), EVERYTHING);
  expect(outcome.violations).toEqual([
    {
      claim: 'assertions',
      because: 'picked b',
      schedule: [
        { thread: 0, choices: [1] },
        { thread: 0, choices: [] },
      ],
    },
  ]);
  // The start, about to fail, finished.
  expect(outcome).toMatchObject({ exhausted: true, states: 3, transitions: 4 });
});

test('the initial state and returns before the first operation are judged, in no steps', () => {
  const shared = new Shared();
  const x = shared.boolean('x');
  const early = modelled('early', function* () {
    return 0;
  });
  const claims = [
    invariant({ id: 'I', sentence: '' }, ['x'], () => x.read()[Symbol.iterator]()),
    onReturn({ id: 'R', sentence: '' }, early, function* () {
      return false;
    }),
  ];
  const body = function* () {
    yield* early();
    yield* x.write(true);
  };
  const outcome = naive(tinySystem(shared, [body], claims), UNTIL_VIOLATED);
  expect(outcome.violations).toEqual([
    { claim: 'R', because: 't0: early() returned 0', schedule: [] },
    { claim: 'I', because: 'fails for x', schedule: [] },
  ]);
  expect(outcome).toMatchObject({ exhausted: false, states: 1, transitions: 0 });
});

test('what a program throws is an error where a state with it is run on', () => {
  const shared = new Shared();
  const x = shared.boolean('x');
  const throwing = (wanted: boolean) =>
    function* () {
      if ((yield* x.read()) === wanted) throw new Error('no such page');
    };
  expect(() => naive(tinySystem(shared, [throwing(false)]), EVERYTHING)).toThrow(
    'f0: no such page',
  );
  expect(naive(tinySystem(shared, [throwing(true)]), EVERYTHING).exhausted).toBe(true);
});

function counters(variables: readonly Variable<number>[]) {
  return variables.map(
    (variable) =>
      function* () {
        yield* loop(undefined, function* () {
          yield* variable.update((value) => (value + 1) % 16);
          return next(undefined);
        });
      },
  );
}

test('limits and interrupts stop it, and it says so', () => {
  const shared = new Shared();
  const names = ['a', 'b', 'c', 'd'];
  const variables = names.map((name) => shared.integer(name, { min: 0, max: 15 }));
  const system = tinySystem(shared, counters(variables));
  const search = (options: Partial<EngineOptions>) => {
    const { stopped, exhausted, states } = naive(system, { ...EVERYTHING, ...options });
    return { stopped, exhausted, states };
  };
  expect(search({ limits: { statesMax: 100 } })).toEqual({
    stopped: 'states',
    exhausted: false,
    states: 100,
  });
  expect(search({ limits: { durationMsMax: 0 } })).toMatchObject({
    stopped: 'time',
    exhausted: false,
  });
  expect(search({ onProgress: () => 'interrupt' })).toMatchObject({
    stopped: 'interrupt',
    exhausted: false,
  });
  // 16^4 valuations, and the threads are always at the same place.
  expect(search({})).toEqual({ stopped: undefined, exhausted: true, states: 65_536 });
});
