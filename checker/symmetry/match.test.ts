import { expect, test } from 'vitest';
import { match } from './match.ts';

test.each<readonly [number[], number[], boolean]>([
  [[], [], true],
  [[1, 2, 3], [2, 3, 4], true],
  [[1, 2, 3], [4, 3, 2], true],
  [[1, 1, 2], [2, 3, 2], true],
  [[1, 1, 2], [2, 3, 3], false],
  [[1, 2], [2, 3, 4], false],
  [[1, 2, 3], [2, 3], false],
])('%j and %j, each bigger by one: %j', (left, right, expected) => {
  expect(match(left, right, (l, r) => l + 1 === r)).toBe(expected);
});
