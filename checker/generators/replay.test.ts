import { expect, test } from 'vitest';
import { assert } from '../language/assert.ts';
import { atomic } from '../language/atomic.ts';
import { branch } from '../language/branch.ts';
import { choose } from '../language/choose.ts';
import { invariant } from '../language/claim.ts';
import { every, holds } from '../language/condition.ts';
import { fill } from '../language/fill.ts';
import { done, loop } from '../language/loop.ts';
import { modelled } from '../language/modelled.ts';
import { Shared } from '../language/shared.ts';
import { replay } from './replay.ts';
import { tinySystem } from './tiny-system.ts';

const shared = new Shared();
const x = shared.integer('x', { min: 0, max: 2 });
const y = shared.integer('y', { min: 0, max: 2 });
const m = shared.mutex('m');

const increment = modelled('increment', function* () {
  yield* x.modify((value) => value + 1, { load: 'I1', store: 'I2' });
});
const caller = function* () {
  yield* branch('B1');
  yield* increment().at('C1');
};
const below = (limit: number) =>
  invariant({ id: 'below', sentence: '' }, ['x'], function* () {
    return (yield* x.read()) < limit;
  });

/** `0 1 2:5` is a step of thread 0, one of thread 1 and one of thread 2 that picks option 5. */
function schedule(text: string) {
  return text.split(' ').map((move) => {
    const [thread, ...choices] = move.split(/[:,]/).map(Number);
    return { thread: thread ?? 0, choices };
  });
}

test('a schedule that violates the claim is reproduced, step by step', () => {
  const frames = [{ name: 'f0' }, { name: 'increment', label: 'C1' }];
  expect(replay(tinySystem(shared, [caller], [below(1)]), 'below', schedule('0 0'))).toEqual({
    result: 'reproduced',
    because: 'fails for x',
    why: { clause: [{ text: 'x = 1', variable: 'x', since: 2 }] },
    steps: [
      {
        thread: 't0',
        role: 'worker',
        frames,
        label: 'I1',
        operations: [
          {
            frames,
            label: 'I1',
            action: 'read x',
            result: '0',
            reads: [{ variable: 'x', value: '0' }],
            writes: [],
            branches: [{ label: 'B1', frames: [{ name: 'f0' }] }],
          },
        ],
        reads: [{ variable: 'x', value: '0' }],
        writes: [],
        move: { thread: 0, choices: [] },
      },
      {
        thread: 't0',
        role: 'worker',
        frames,
        label: 'I2',
        operations: [
          {
            frames,
            label: 'I2',
            action: 'write x = 1',
            reads: [],
            writes: [{ variable: 'x', from: '0', to: '1' }],
            branches: [],
          },
        ],
        reads: [],
        writes: [{ variable: 'x', from: '0', to: '1' }],
        move: { thread: 0, choices: [] },
      },
    ],
  });
});

test('steps after the one that shows the failure are left out', () => {
  const system = tinySystem(shared, [caller, caller], [below(1)]);
  const found = replay(system, 'below', schedule('1 0 0 1'));
  expect([found.result, found.steps.map(({ thread }) => thread)]).toEqual([
    'reproduced',
    ['t1', 't0', 't0'],
  ]);
});

test('a schedule on which the claim holds says that it is fixed', () => {
  const system = tinySystem(shared, [caller], [below(2)]);
  expect(replay(system, 'below', schedule('0 0'))).toMatchObject({ result: 'fixed' });
});

test('an atomic block is one step with an entry for each operation', () => {
  const body = () =>
    atomic(function* () {
      const value = yield* choose([1, 2]);
      yield* branch('B');
      yield* fill([x, y], value);
      yield* loop(0, function* () {
        return done(yield* holds(every([x.is(2), y.isNot(0)])));
      });
      yield* x.fetchUpdate(() => 0);
      yield* assert(false, 'the end');
    });
  const found = replay(tinySystem(shared, [body]), 'assertions', schedule('0:1'));
  expect(found).toMatchObject({ result: 'reproduced', because: 'the end' });
  expect(
    found.steps.map(({ operations, reads, writes }) => ({ operations, reads, writes })),
  ).toEqual([
    {
      operations: [
        { action: 'choose', result: '2', branches: [] },
        {
          action: 'fill x = 2, y = 2',
          branches: [{ label: 'B', frames: [{ name: 'f0' }] }],
          writes: [
            { variable: 'x', from: '0', to: '2' },
            { variable: 'y', from: '0', to: '2' },
          ],
        },
        {
          action: 'test x = 2 and y != 0',
          result: 'true',
          branches: [],
          reads: [
            { variable: 'x', value: '2' },
            { variable: 'y', value: '2' },
          ],
        },
        {
          action: 'update x',
          result: '2',
          branches: [],
          reads: [{ variable: 'x', value: '2' }],
          writes: [{ variable: 'x', from: '2', to: '0' }],
        },
        { action: 'assertion fails: the end', branches: [] },
      ].map((operation) => ({ frames: [{ name: 'f0' }], reads: [], writes: [], ...operation })),
      reads: [
        { variable: 'x', value: '2' },
        { variable: 'y', value: '2' },
        { variable: 'x', value: '2' },
      ],
      writes: [
        { variable: 'x', from: '0', to: '2' },
        { variable: 'y', from: '0', to: '2' },
        { variable: 'x', from: '2', to: '0' },
      ],
    },
  ]);
});

test('a deadlock is reproduced where no thread can go on', () => {
  const body = () => m.hold(() => m.hold(function* () {}));
  const system = tinySystem(shared, [body, body]);
  expect(replay(system, 'deadlock', schedule('1'))).toMatchObject({
    result: 'reproduced',
    because: 't0, t1 wait for ever',
    steps: [{ operations: [{ action: 'acquire m.holder' }] }],
  });
  const guarded = () => m.hold(function* () {});
  expect(replay(tinySystem(shared, [guarded]), 'deadlock', schedule('0 0'))).toMatchObject({
    result: 'fixed',
  });
});

test.each([
  ['2', { at: 0, expected: 'a step of thread 2', found: '2 threads' }],
  ['0:1 0 0 0', { at: 3, expected: 'a step of t0', found: 't0 has finished' }],
  ['0:1 1', { at: 1, expected: 'a step of t1', found: 't1 waits: acquire m.holder' }],
  ['0:5', { at: 0, expected: 'a step of t0, choosing 5', found: 'choices 0 or 1' }],
  ['1:1', { at: 0, expected: 'a step of t1, choosing 1', found: 't1 has no choice' }],
])('the schedule %s diverges where its move is impossible', (text, where) => {
  const chooses = function* () {
    yield* atomic(function* () {
      yield* m.acquire();
      yield* choose(['a', 'b']);
    });
    yield* y.read();
    yield* m.release();
  };
  const waits = () => m.hold(function* () {});
  expect(replay(tinySystem(shared, [chooses, waits]), 'deadlock', schedule(text))).toMatchObject({
    result: 'diverged',
    ...where,
  });
});

test('a schedule that goes on after a failed assertion diverges', () => {
  const body = () => assert(false, 'no way');
  expect(replay(tinySystem(shared, [body]), 'deadlock', schedule('0 0'))).toMatchObject({
    result: 'diverged',
    at: 1,
    expected: 'a step of t0',
    found: 'the step before ends the run: no way',
  });
});

test('a claim that the system lacks is named with those that it has', () => {
  expect(() => replay(tinySystem(shared, [caller], [below(1)]), 'above', [])).toThrow(
    'no claim above; expected one of below, assertions, deadlock',
  );
});

test('a ghost is judged by its claim, but not shown', () => {
  const withGhost = new Shared();
  const seen = withGhost.boolean('seen', false, { ghost: true });
  const real = withGhost.boolean('real');
  const body = function* () {
    yield* atomic(function* () {
      yield* real.write(true);
      yield* seen.write(true);
    });
  };
  const never = invariant({ id: 'never', sentence: '' }, ['seen'], function* () {
    return !(yield* seen.read());
  });
  const { result, steps } = replay(tinySystem(withGhost, [body], [never]), 'never', schedule('0'));
  expect(result).toBe('reproduced');
  expect(steps.map(({ operations }) => operations.map(({ action }) => action))).toEqual([
    ['write real = true'],
  ]);
  expect(steps.flatMap(({ writes }) => writes.map(({ variable }) => variable))).toEqual(['real']);
});
