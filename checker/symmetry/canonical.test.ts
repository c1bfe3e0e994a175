import { expect, test } from 'vitest';
import { canonicalize, permutationsOf, rename } from './canonical.ts';
import type { Symmetry } from './symmetry.ts';

/** Threads 0, 1 and 2 have a variable each, and variable 3 names one of them or, with 3, nobody. */
function neighbours(a: number, b: number) {
  const trade = (number: number) => (number === a ? b : number === b ? a : number);
  const traded = [0, 1, 2, 3].map(trade);
  return {
    ...{ a, b, threads: traded.slice(0, 3), variables: traded },
    values: [[0, 1], [0, 1], [0, 1], traded],
    nodes: [0, 1, 2].map(() => [0, 1, 2]),
  };
}

const symmetry: Symmetry = {
  classes: [{ threads: [0, 1, 2], swaps: [neighbours(0, 1), neighbours(1, 2)] }],
  reasons: [],
};
const renamings = permutationsOf(symmetry);

test('three threads have six permutations, the identity first', () => {
  expect(renamings.map(({ threads }) => threads.join('')).sort()).toEqual(
    ['012', '021', '102', '120', '201', '210'].sort(),
  );
  expect(renamings[0]?.threads).toEqual([0, 1, 2]);
  expect(permutationsOf({ classes: [], reasons: [] })).toEqual([]);
});

test('a thread takes its node, its variable and its name with it', () => {
  const toTheRight = renamings.find(({ threads }) => threads.join('') === '120')!;
  const state = { values: [1, 0, 0, 0], nodes: [2, 1, 0] };
  expect(rename(state, toTheRight)).toEqual({ values: [0, 1, 0, 1], nodes: [0, 2, 1] });
});

test('the canonical state is the least, and the renaming leads to it', () => {
  const state = { values: [1, 0, 0, 0], nodes: [2, 1, 0] };
  const least = canonicalize(state, renamings);
  expect(least.state).toEqual({ values: [0, 0, 1, 2], nodes: [0, 1, 2] });
  expect(rename(state, least.renaming)).toEqual(least.state);
  for (const renaming of renamings) {
    expect(canonicalize(rename(state, renaming), renamings).state).toEqual(least.state);
  }
});

test('where several renamings lead to it, the first does', () => {
  const state = { values: [0, 0, 0, 3], nodes: [1, 1, 1] };
  expect(canonicalize(state, renamings).renaming).toBe(renamings[0]);
});
