import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorsOf, extrapolate } from './extrapolate.ts';
import { keyOf, type Point } from './lattice.ts';

/** The sizes of all points with up to `most` steps in each dimension, but for those left out. */
function measure(most: Point, sizeOf: (point: Point) => number, left: readonly Point[] = []) {
  let points: Point[] = [[]];
  for (const steps of most) {
    points = points.flatMap((point) => Array.from({ length: steps + 1 }, (_, i) => [...point, i]));
  }
  const unknown = left.map(keyOf);
  const known = points.filter((point) => !unknown.includes(keyOf(point)));
  return new Map(known.map((point) => [keyOf(point), sizeOf(point)]));
}

test('growth that is geometric in each parameter is foretold exactly', () => {
  const growth = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(growth, (factors) => {
      const sizeOf = (point: Point) => point.reduce((size, n, i) => size * factors[i]! ** n, 7);
      const top = factors.map(() => 3);
      const measured = measure(top, sizeOf, [top]);
      const truth = sizeOf(top);
      expect(extrapolate(top, measured)).toEqual({ low: truth, high: truth, isMeasured: false });
    }),
  );
});

test('what was measured is what it is', () => {
  const measured = measure([1, 1], () => 5);
  expect(extrapolate([1, 1], measured)).toEqual({ low: 5, high: 5, isMeasured: true });
});

test('where the rule was wrong, the range is as much wider', () => {
  // 3 times as many as the rule says, wherever both parameters are raised.
  const sizeOf = ([a, b]: Point) => 10 * 2 ** (a! + b!) * (a! > 0 && b! > 0 ? 3 : 1);
  const measured = measure([2, 2], sizeOf, [[2, 2]]);
  const { less, more } = errorsOf(measured);
  expect(2 ** more).toBeCloseTo(3);
  const { low, high } = extrapolate([2, 2], measured)!;
  expect(low).toBeLessThanOrEqual(sizeOf([2, 2]));
  expect(high).toBeGreaterThanOrEqual(sizeOf([2, 2]));
  expect(less).toBeGreaterThanOrEqual(0);
});

test('where nothing says how wrong the rule is, the range is as wide as the growth', () => {
  const measured = new Map([
    ['0', 10],
    ['1', 30],
  ]);
  expect(errorsOf(measured).samples).toBe(0);
  // Three times as many would be 90.
  expect(extrapolate([2], measured)).toEqual({ low: 30, high: 270, isMeasured: false });
});

test('too little says nothing', () => {
  expect(
    extrapolate(
      [1, 1],
      measure([1, 0], () => 3),
    ),
  ).toBeUndefined();
  expect(extrapolate([1], new Map([['0', 3]]))).toBeUndefined();
});
