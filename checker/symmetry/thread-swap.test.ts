import { expect, test } from 'vitest';
import { composesWith } from './thread-swap.ts';

/** Swaps two of three threads, and with each of `rest` says what becomes of variables 3 to 5. */
function swap(a: number, b: number, rest: readonly number[] = [3, 4, 5]) {
  const threads = [0, 1, 2].map((t) => (t === a ? b : t === b ? a : t));
  const variables = [...threads, ...rest];
  const values = variables.map(() => [0]);
  return { a, b, threads, variables, values, nodes: threads.map(() => [0]) };
}

test('neighbours compose if they braid', () => {
  expect(composesWith(swap(0, 1), [])).toBe(true);
  expect(composesWith(swap(1, 2), [swap(0, 1)])).toBe(true);
  expect(composesWith(swap(1, 2, [4, 3, 5]), [swap(0, 1, [4, 3, 5])])).toBe(true);
  expect(composesWith(swap(1, 2, [3, 5, 4]), [swap(0, 1, [4, 3, 5])])).toBe(true);
});

test('a swap that does something beside, once, does not', () => {
  expect(composesWith(swap(1, 2, [4, 3, 5]), [swap(0, 1)])).toBe(false);
  expect(composesWith(swap(0, 1, [4, 5, 3]), [])).toBe(false);
});
