import { expect, test } from 'vitest';
import { median, medianRatio } from './statistics.ts';

test('the median is the middle one, in whatever order they come', () => {
  expect(median([10, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
});

test('ratios are taken round by round', () => {
  // The third round was on a slow machine, for both.
  expect(medianRatio([40, 60, 4], [10, 20, 1])).toBe(4);
  expect(() => medianRatio([1, 2], [1])).toThrow('two sides');
});
