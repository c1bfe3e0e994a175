import { expect, test } from 'vitest';
import { tinySystem } from '../generators/tiny-system.ts';
import { done, loop, next } from '../language/loop.ts';
import { Shared } from '../language/shared.ts';
import { prepare } from '../search/explore.ts';
import { repeatable } from './repeatable.ts';

/** The threads that have a passage which may be taken again and again. */
function repeating(system: Parameters<typeof prepare>[0], isTaken = () => true): number[] {
  const prepared = prepare(system);
  const { passages } = prepared.code;
  const cells = repeatable(prepared, isTaken);
  return [...new Set([...cells].map((cell) => passages.get(cell)!.thread))].sort();
}

test('a thread without a loop does nothing again, one that spins does', () => {
  const shared = new Shared();
  const flag = shared.boolean('flag');
  const system = tinySystem(shared, [
    function* () {
      yield* flag.write(true);
      yield* flag.write(false);
    },
    function* () {
      yield* loop(null, function* () {
        return (yield* flag.read()) ? done(undefined) : next(null);
      });
    },
  ]);
  expect(repeating(system)).toEqual([1]);
  expect(repeating(system, () => false)).toEqual([]);
});

test('a loop that takes from what nobody gives back ends', () => {
  const shared = new Shared();
  const left = shared.integer('left', { min: 0, max: 3 });
  const busy = shared.boolean('busy');
  const takes = function* () {
    yield* loop(null, function* () {
      yield* left.waitUntil((value) => value > 0);
      yield* left.update((value) => value - 1);
      yield* busy.write(true);
      return next(null);
    });
  };
  const clears = function* () {
    yield* loop(null, function* () {
      yield* busy.compareExchange(true, false);
      return next(null);
    });
  };
  const isChange = (system: Parameters<typeof prepare>[0]) => {
    const prepared = prepare(system);
    return [...repeatable(prepared, () => true)].map((cell) => {
      const { thread, outcome } = prepared.code.passages.get(cell)!;
      return `${thread} ${JSON.stringify(outcome)}`;
    });
  };
  const found = isChange(tinySystem(shared, [takes, clears]));
  expect(found.length).toBeGreaterThan(0);
  expect(found.every((one) => one.startsWith('1'))).toBe(true);
});
