import { expect, test } from 'vitest';
import { atomic } from '../language/atomic.ts';
import { choose } from '../language/choose.ts';
import { every, holds, some, waitUntil } from '../language/condition.ts';
import { fill } from '../language/fill.ts';
import { loop, next } from '../language/loop.ts';
import { ContractError, ModelError } from '../language/model-error.ts';
import type { Operation, Steps } from '../language/operation.ts';
import { Shared } from '../language/shared.ts';
import { Machine, type MachineState, stateKey, unfinished } from './machine.ts';
import { tinySystem } from './tiny-system.ts';

/** Two variables 0..3, where `a` starts with 1 and `b` with 0. */
function twoVariables() {
  const shared = new Shared();
  return {
    shared,
    a: shared.integer('a', { min: 0, max: 3, initial: 1 }),
    b: shared.integer('b', { min: 0, max: 3 }),
  };
}

/** What one operation results in from the initial state, and the valuation after it. */
function once(shared: Shared, operation: () => Operation<unknown>) {
  const machine = new Machine(tinySystem(shared, [() => operation()[Symbol.iterator]()]));
  return machine.successors(machine.initial().state).map(({ performed, after }) => ({
    result: performed[0]?.effect?.result,
    values: after?.values,
  }));
}

/** All reachable states, breadth-first. */
function reachable(machine: Machine): MachineState[] {
  const states = [machine.initial().state];
  const seen = new Set(states.map(stateKey));
  for (const state of states) {
    for (const { after } of machine.successors(state)) {
      if (after === undefined || seen.has(stateKey(after))) continue;
      seen.add(stateKey(after));
      states.push(after);
    }
  }
  return states;
}

const { shared, a, b } = twoVariables();

test.each<[name: string, operation: () => Operation<unknown>, outcomes: unknown[]]>([
  ['a read', () => a.read(), [{ result: 1, values: [1, 0] }]],
  ['a map', () => a.map((value) => value > 0), [{ result: true, values: [1, 0] }]],
  ['a write', () => a.write(3), [{ result: undefined, values: [3, 0] }]],
  ['an update', () => b.update((v) => v + 1), [{ result: undefined, values: [1, 1] }]],
  ['a fetchUpdate', () => a.fetchUpdate((v) => v + 2), [{ result: 1, values: [3, 0] }]],
  [
    'a compareExchange that hits',
    () => a.compareExchange(1, 2),
    [{ result: true, values: [2, 0] }],
  ],
  [
    'a compareExchange that misses',
    () => a.compareExchange(0, 2),
    [{ result: false, values: [1, 0] }],
  ],
  ['a wait that goes on', () => a.waitUntil((v) => v > 0), [{ result: 1, values: [1, 0] }]],
  ['a wait that waits', () => a.waitUntil((v) => v > 1), []],
  ['every', () => holds(every([a.is(1), b.is(1)])), [{ result: false, values: [1, 0] }]],
  ['some', () => holds(some([a.is(1), b.is(1)])), [{ result: true, values: [1, 0] }]],
  ['every of none', () => holds(every([])), [{ result: true, values: [1, 0] }]],
  ['some of none', () => holds(some([])), [{ result: false, values: [1, 0] }]],
  ['a test that goes on', () => waitUntil(a.is(1)), [{ result: undefined, values: [1, 0] }]],
  ['a test that waits', () => waitUntil(a.isNot(1)), []],
  ['a fill', () => fill([a, b], 2), [{ result: undefined, values: [2, 2] }]],
  [
    'a choice',
    () => choose(['x', 'y']),
    [
      { result: 'x', values: [1, 0] },
      { result: 'y', values: [1, 0] },
    ],
  ],
])('%s does what it says', (_, operation, outcomes) => {
  expect(once(shared, operation)).toEqual(outcomes);
});

test('a variable that leaves its domain is an error that names function and label', () => {
  const { shared, a } = twoVariables();
  const machine = new Machine(
    tinySystem(shared, [
      () =>
        a
          .update((value) => value + 3)
          .at('W1')
          [Symbol.iterator](),
    ]),
  );
  const act = () => machine.successors(machine.initial().state);
  expect(act).toThrow(ModelError);
  expect(act).toThrow('f0 at W1: update a makes a leave its domain from 1');
});

test('a variable of another system is an error', () => {
  const machine = new Machine(tinySystem(new Shared(), [() => a.read()[Symbol.iterator]()]));
  expect(() => machine.successors(machine.initial().state)).toThrow(
    'f0: a is no variable of this system; expected one that was declared on its shared memory',
  );
});

test('two threads of two steps each have nine states', () => {
  // (steps of t0) x (steps of t1) = 3 x 3; each order of the same steps meets again.
  const { shared, a, b } = twoVariables();
  const writes = (variable: typeof a) =>
    function* () {
      yield* variable.write(2);
      yield* variable.write(3);
    };
  const machine = new Machine(tinySystem(shared, [writes(a), writes(b)]));
  const states = reachable(machine);
  expect(states.length).toBe(9);
  expect(states.filter((state) => unfinished(machine, state).length === 0).length).toBe(1);
});

test('a read-modify-write is two steps between which others run', () => {
  // t0, t1 increment 0: final values 1 (both read 0) and 2.
  const { shared, b } = twoVariables();
  const increment = () => b.modify((value) => value + 1);
  const machine = new Machine(tinySystem(shared, [increment, increment]));
  const ends = reachable(machine).filter((state) => unfinished(machine, state).length === 0);
  expect(ends.map(({ values }) => values[1]).sort()).toEqual([1, 2]);
});

test('an atomic block is one step, with one way for each choice inside of it', () => {
  const { shared, a, b } = twoVariables();
  const body = () =>
    atomic(function* () {
      const first = yield* choose([0, 1]);
      const second = first === 0 ? 3 : yield* choose([1, 2]);
      yield* a.write(first);
      yield* b.write(second);
    });
  const machine = new Machine(tinySystem(shared, [body]));
  const steps = machine.successors(machine.initial().state);
  expect(steps.map(({ move, after }) => [move.choices, after?.values])).toEqual([
    [[0], [0, 3]],
    [
      [1, 0],
      [1, 1],
    ],
    [
      [1, 1],
      [1, 2],
    ],
  ]);
});

test('an atomic block waits with its first operation only', () => {
  const { shared, a, b } = twoVariables();
  const waits = (first: boolean) => () =>
    atomic(function* () {
      if (!first) yield* a.write(2);
      yield* b.waitUntil((value) => value > 0).at('W');
      if (first) yield* a.write(2);
    });
  const good = new Machine(tinySystem(shared, [waits(true)]));
  expect(good.successors(good.initial().state)).toEqual([]);
  const bad = new Machine(tinySystem(shared, [waits(false)]));
  expect(() => bad.successors(bad.initial().state)).toThrow(
    'f0 at W: wait b waits in the middle of an atomic block; ' +
      'expected only its first operation to wait',
  );
});

test('an atomic block that never ends is an error', () => {
  const { shared, a } = twoVariables();
  const body = () =>
    atomic(() =>
      loop(0, function* (state): Steps<ReturnType<typeof next>> {
        yield* a.read();
        return next(state);
      })[Symbol.iterator](),
    );
  const machine = new Machine(tinySystem(shared, [body]));
  const act = () => machine.successors(machine.initial().state);
  expect(act).toThrow(ContractError);
  expect(act).toThrow('f0: more than 1000 operations in one atomic block; expected it to end');
});

test('a mutex lets one thread in at a time', () => {
  // Outside, holding, done: 3 x 3 minus (holding, holding).
  const shared = new Shared();
  const m = shared.mutex('m');
  const body = () => m.hold(function* () {});
  const machine = new Machine(tinySystem(shared, [body, body]));
  expect(reachable(machine).length).toBe(8);
});

test('a reader/writer lock lets readers share and keeps writers alone', () => {
  // (r, r, w) of outside, holding, done: 27 minus the writer with a reader inside:
  // w holding and at least one r holding = 9 - 4 = 5.
  const shared = new Shared();
  const lock = shared.rwLock('l', { readers: 2 });
  const read = () => lock.read(function* () {});
  const write = () => lock.write(function* () {});
  const machine = new Machine(tinySystem(shared, [read, read, write]));
  expect(reachable(machine).length).toBe(22);
});
