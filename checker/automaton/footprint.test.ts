import { expect, test } from 'vitest';
import { tinySystem } from '../generators/tiny-system.ts';
import { atomic } from '../language/atomic.ts';
import { choose } from '../language/choose.ts';
import { holds, some } from '../language/condition.ts';
import { fill } from '../language/fill.ts';
import type { Steps } from '../language/operation.ts';
import { Shared } from '../language/shared.ts';
import type { Variable } from '../language/variable.ts';
import { compile } from './compile.ts';
import { footprintOf } from './footprint.ts';

type Numbers = readonly [Variable<number>, Variable<number>, Variable<number>];

/** What the first step of a thread touches, by name. */
function touched(body: (numbers: Numbers) => Steps<unknown>) {
  const shared = new Shared();
  const number = (name: string) => shared.integer(name, { min: 0, max: 2 });
  const numbers: Numbers = [number('a'), number('b'), number('c')];
  const { automata } = compile(tinySystem(shared, [() => body(numbers)]));
  const { reads, writes } = footprintOf(automata[0]!, automata[0]!.entry);
  const names = (set: typeof reads) =>
    [...set]
      .map(({ name }) => name)
      .sort()
      .join('');
  return { reads: names(reads), writes: names(writes) };
}

test('a step touches what it reads and what it writes', () => {
  const cases: [(numbers: Numbers) => Steps<unknown>, string, string][] = [
    [([a]) => a.read()[Symbol.iterator](), 'a', ''],
    [([a]) => a.write(1)[Symbol.iterator](), '', 'a'],
    [([a]) => a.compareExchange(0, 1)[Symbol.iterator](), 'a', 'a'],
    [([a, b]) => holds(some([a.is(1), b.is(1)]))[Symbol.iterator](), 'ab', ''],
    [([a, b]) => fill([a, b], 1)[Symbol.iterator](), '', 'ab'],
    [() => choose([1, 2])[Symbol.iterator](), '', ''],
  ];
  for (const [body, reads, writes] of cases) {
    const used = function* (numbers: Numbers) {
      // What an operation answers is used, or it would not be read.
      const result = yield* body(numbers);
      if (result === true || result === 1) yield* numbers[2].write(2);
    };
    expect(touched(used)).toEqual({ reads, writes });
  }
});

test('a step reads what it waits for, though it learns nothing', () => {
  expect(touched(([a]) => a.waitUntil((value) => value === 1)[Symbol.iterator]())).toEqual({
    reads: 'a',
    writes: '',
  });
});

test('an atomic block touches what any of its operations does, on any way through it', () => {
  const block = ([a, b, c]: Numbers) =>
    atomic(function* () {
      if ((yield* a.read()) === 0) yield* b.write(1);
      else yield* c.write(1);
    });
  expect(touched(block)).toEqual({ reads: 'a', writes: 'bc' });
});

test('a step ends where the next one begins', () => {
  const two = function* ([a, b]: Numbers) {
    yield* a.write(1);
    yield* b.write(1);
  };
  expect(touched(two)).toEqual({ reads: '', writes: 'a' });
});
