import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Components, type Range } from './components.ts';
import type { Arrows } from './graph.ts';
import { trimmed } from './trim.ts';

function arrowsOf(states: number, steps: readonly (readonly [number, number])[]): Arrows {
  const sorted = [...steps].sort(([one], [other]) => one - other);
  const starts = Array.from(
    { length: states + 1 },
    (_, state) => sorted.filter(([from]) => from < state).length,
  );
  return {
    states,
    offsets: Uint32Array.from(starts),
    targets: Int32Array.from(sorted, ([, to]) => to),
  };
}

test('what leads to a cycle is taken out, in whatever order the states are numbered', () => {
  expect([
    ...trimmed(
      arrowsOf(4, [
        [3, 2],
        [2, 1],
        [1, 0],
      ]),
    ),
  ]).toEqual([]);
  expect([
    ...trimmed(
      arrowsOf(4, [
        [0, 1],
        [1, 2],
        [2, 3],
      ]),
    ),
  ]).toEqual([]);
  expect([
    ...trimmed(
      arrowsOf(4, [
        [3, 1],
        [1, 2],
        [2, 1],
        [2, 0],
      ]),
    ),
  ]).toEqual([0, 1, 2]);
});

test('a state with a step to itself is left', () => {
  expect([
    ...trimmed(
      arrowsOf(2, [
        [0, 1],
        [1, 1],
      ]),
    ),
  ]).toEqual([1]);
});

test('a state that more steps lead to than a byte can count is left rather than lost', () => {
  const into = (count: number) =>
    arrowsOf(
      count + 1,
      Array.from({ length: count }, (_, state) => [state, count] as const),
    );
  expect([...trimmed(into(125))]).toEqual([]);
  expect([...trimmed(into(126))]).toEqual([126]);
  expect([...trimmed(into(127))]).toEqual([127]);
  expect([...trimmed(into(300))]).toEqual([300]);
});

/** All states, in ranges that begin at these and come in this order. */
function rangesOf(states: number, starts: readonly number[]): readonly Range[] {
  const borders = [...new Set([0, ...starts])].sort((a, b) => a - b);
  const end = (from: number) => borders.find((border) => border > from) ?? states;
  return [...new Set([...starts, 0])].map((from) => ({ from, to: end(from) }));
}

test('what lies behind the last sweep is taken out too', () => {
  // A sweep takes out one state of a chain that runs backwards, which is not worth another.
  const chain = Array.from({ length: 99 }, (_, i) => [99 - i, 98 - i] as const);
  expect([...trimmed(arrowsOf(100, chain))]).toEqual([]);
  expect([...trimmed(arrowsOf(100, [...chain, [0, 50]]))]).toEqual(
    Array.from({ length: 51 }, (_, state) => state),
  );
});

test('so it is in long chains, whichever way they run', () => {
  const size = 120;
  const state = fc.nat(size - 1);
  fc.assert(
    fc.property(fc.array(fc.tuple(state, state), { maxLength: 8 }), (more) => {
      const chain = Array.from({ length: size - 1 }, (_, i) => [i + 1, i] as const);
      const arrows = arrowsOf(size, [...chain, ...more]);
      // A cycle begins at each step that leads forwards, and below it lies all of the chain.
      const top = Math.max(-1, ...more.flatMap(([from, to]) => (to >= from ? [to] : [])));
      expect([...trimmed(arrows)]).toEqual(Array.from({ length: top + 1 }, (_, i) => i));
    }),
  );
});

test('what is left are the states that a cycle leads to', () => {
  const size = 8;
  const state = fc.nat(size - 1);
  const cuts = fc.uniqueArray(state, { maxLength: size });
  fc.assert(
    fc.property(fc.array(fc.tuple(state, state), { maxLength: 12 }), cuts, (steps, sizes) => {
      const arrows = arrowsOf(size, steps);
      const components = new Components(arrows);
      const expected = new Set<number>();
      for (const { from, to } of components.decompose(components.beginWithAll())) {
        for (const one of components.order.subarray(from, to)) expected.add(one);
      }
      for (const one of expected) {
        for (const [from, to] of steps) if (from === one) expected.add(to);
      }
      const left = [...expected].sort((a, b) => a - b);
      expect([...trimmed(arrows)]).toEqual(left);
      expect([...trimmed(arrows, rangesOf(size, sizes))]).toEqual(left);
    }),
  );
});
