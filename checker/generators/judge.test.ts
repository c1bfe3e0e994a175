import { expect, test } from 'vitest';
import { assert } from '../language/assert.ts';
import { choose } from '../language/choose.ts';
import {
  assertionClaim,
  type Claim,
  invariant,
  type Judgement,
  onReturn,
  stepClaim,
  whileInside,
} from '../language/claim.ts';
import { every, holds, waitUntil } from '../language/condition.ts';
import { done, loop, next } from '../language/loop.ts';
import { ModelError } from '../language/model-error.ts';
import { modelled } from '../language/modelled.ts';
import type { Steps } from '../language/operation.ts';
import { during, inside } from '../language/position.ts';
import { Shared } from '../language/shared.ts';
import type { Plain } from '../language/value.ts';
import { judgeState, judgeTransition } from './judge.ts';
import { Machine } from './machine.ts';
import { tinySystem } from './tiny-system.ts';

const shared = new Shared();
const a = shared.integer('a', { min: 0, max: 3, initial: 1 });
const b = shared.integer('b', { min: 0, max: 3 });
const m = shared.mutex('m');
const text = { id: 'C', sentence: 'a claim for the test' };

function judgeInitial(claim: Claim, ...bodies: (() => Steps<unknown>)[]) {
  const machine = new Machine(tinySystem(shared, bodies, [claim]));
  return judgeState(machine, machine.initial().state);
}

function judgeFirstStep(claims: readonly Claim[], body: () => Steps<unknown>) {
  const machine = new Machine(tinySystem(shared, [body], claims));
  const { state } = machine.initial();
  const [step] = machine.successors(state);
  if (step === undefined) throw new Error('the thread waits');
  return judgeTransition(machine, state, step);
}

test('an invariant fails for the first observer that says so', () => {
  const claim = invariant(text, [0, 1, 2], function* (limit) {
    return (yield* a.read()) <= limit;
  });
  expect(judgeInitial(claim)).toEqual([{ claim: 'C', premises: 1, because: 'fails for 0' }]);
});

test('the premise of an invariant is met once where it is met for some observer', () => {
  const about = (least: number) => (premise: number) =>
    function* (): Steps<Judgement> {
      return premise < least ? 'vacuous' : (yield* b.read()) === 0;
    };
  const claim = (least: number) => invariant(text, [0, 1, 2], (premise) => about(least)(premise)());
  expect(judgeInitial(claim(1))).toEqual([{ claim: 'C', premises: 1 }]);
  expect(judgeInitial(claim(3))).toEqual([{ claim: 'C', premises: 0 }]);
});

test('an invariant may call, loop, test several and ask for a free lock', () => {
  const sum = modelled('sum', function* (x: typeof a, y: typeof a) {
    return (yield* x.read()) + (yield* y.read());
  });
  const claim = invariant(text, ['all'], function* () {
    if (!(yield* holds(every([m.isFree(), a.is(1)])))) return 'vacuous';
    const count = yield* loop<number, number>(0, function* (i) {
      return (yield* a.read()) > i ? next(i + 1) : done(i);
    });
    return (yield* sum(a, b)) === 2 * count;
  });
  expect(judgeInitial(claim)).toEqual([{ claim: 'C', premises: 1, because: 'fails for all' }]);
});

test('a position claim is judged for each thread inside of the stretch', () => {
  const stretch = (level: number) => () =>
    during('mapping', { level }, function* () {
      yield* a.read();
    });
  const claim = whileInside<{ level: number }>(text, 'mapping', function* ({ level }) {
    return level === 1 ? 'vacuous' : level < 4;
  });
  expect(judgeInitial(claim, stretch(1), stretch(2), stretch(4))).toEqual([
    { claim: 'C', premises: 2, because: 't2 inside mapping with {level: 4}' },
  ]);
});

test('inside() counts threads, each of them once', () => {
  const twice = (pfn: number) => () =>
    during('mapping', { pfn, level: 1 }, () =>
      during('mapping', { pfn, level: 2 }, function* () {
        yield* a.read();
      }),
    );
  const outside = function* () {
    yield* a.read();
  };
  const counted = (data?: Plain) =>
    [0, 1, 2, 3].filter(
      (expected) =>
        judgeInitial(
          invariant(text, [expected], function* () {
            return (yield* inside('mapping', data)) === expected;
          }),
          twice(5),
          twice(6),
          outside,
        )[0]?.because === undefined,
    );
  expect(counted()).toEqual([2]);
  expect(counted({ level: 2 })).toEqual([2]);
  expect(counted({ pfn: 5 })).toEqual([1]);
  expect(counted({ pfn: 5, level: 3 })).toEqual([0]);
});

test('a step claim compares the values before and after the whole step', () => {
  const grows = stepClaim(text, [a, b], (before, after) => after > before);
  const write = (value: number) =>
    function* () {
      yield* a.write(value);
    };
  expect(judgeFirstStep([grows], write(2))).toEqual([{ claim: 'C', premises: 1 }]);
  expect(judgeFirstStep([grows], write(1))).toEqual([{ claim: 'C', premises: 0 }]);
  expect(judgeFirstStep([grows], write(0))).toEqual([
    { claim: 'C', premises: 1, because: 'a went from 1 to 0' },
  ]);
});

test('a return claim is judged in the state after the last step of the function', () => {
  const set = modelled('set', function* (value: number) {
    yield* a.write(value);
    return value + 1;
  });
  const claim = (allowed: number) =>
    onReturn(text, set, function* ([value], result) {
      return (yield* a.read()) === value && result === allowed;
    });
  const body = () => set(2)[Symbol.iterator]();
  expect(judgeFirstStep([claim(3)], body)).toEqual([{ claim: 'C', premises: 1 }]);
  expect(judgeFirstStep([claim(4)], body)).toEqual([
    { claim: 'C', premises: 1, because: 't0: set() returned 3' },
  ]);
});

test('an assertion violates the claim that it names and counts where it holds', () => {
  const claims = [assertionClaim(text)];
  const seen = (expected: number, claim?: string) =>
    function* () {
      const value = yield* a.read();
      yield* assert(value === expected, `a is ${value}`, claim);
    };
  expect(judgeFirstStep(claims, seen(1, 'C'))).toEqual([{ claim: 'C', premises: 1 }]);
  const machine = new Machine(tinySystem(shared, [seen(2, 'C')], claims));
  const [read] = machine.successors(machine.initial().state);
  const after = read?.after ?? machine.initial().state;
  const [failure] = machine.successors(after);
  expect(failure?.after).toBeUndefined();
  expect(failure && judgeTransition(machine, after, failure)).toEqual([
    { claim: 'C', premises: 1, because: 'a is 1' },
  ]);
  expect(() => judgeFirstStep([], seen(1, 'D'))).toThrow(
    'an assertion names claim D, which the system lacks; expected assertionClaim()',
  );
});

test.each<[name: string, program: () => Steps<Judgement>, message: string]>([
  [
    'writes',
    function* () {
      yield* a.write(2);
      return true;
    },
    'claim C: write a = 2; expected it to read and to judge only',
  ],
  [
    'waits',
    function* () {
      yield* waitUntil(a.is(0));
      return true;
    },
    'claim C: wait for a = 0; expected it to read and to judge only',
  ],
  [
    'chooses',
    function* () {
      return yield* choose([true, false]);
    },
    'claim C: choose; expected it to read and to judge only',
  ],
  [
    'asserts',
    function* () {
      yield* assert(false, 'no');
      return true;
    },
    'claim C: assertion fails: no; expected it to read and to judge only',
  ],
  [
    'throws',
    function* () {
      throw new Error('no such page');
    },
    'claim C: no such page',
  ],
  [
    'judges with something else',
    function* () {
      return undefined as unknown as boolean;
    },
    "claim C: results in a undefined; expected true, false or 'vacuous'",
  ],
])('a claim that %s is an error of the model', (_, program, message) => {
  const act = () => judgeInitial(invariant(text, ['x'], program));
  expect(act).toThrow(ModelError);
  expect(act).toThrow(message);
});
