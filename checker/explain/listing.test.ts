import { expect, test } from 'vitest';
import { findWeakenings } from './explain.ts';
import { counting } from './fixtures/counting.ts';
import { type Line, Listing } from './listing.ts';

const line = (name: string): Line => ({
  name,
  label: undefined,
  action: { kind: 'branch' },
  site: undefined,
});

/** The lines of a function that was run along these paths. */
function ordered(...paths: readonly string[]) {
  const listing = new Listing();
  for (const path of paths) {
    [...path].forEach((name, i) => {
      listing.note(line(name), path[i - 1]);
    });
  }
  return listing
    .inOrder()
    .map(({ name }) => name)
    .join('');
}

test('a branch that is seen late stands where it belongs', () => {
  expect(ordered('acd', 'abcd')).toBe('abcd');
  expect(ordered('ad', 'abd', 'acd')).toBe('abcd');
});

test('what repeats stands where it is first come to', () => {
  expect(ordered('abcabd')).toBe('abcd');
});

test('two scopes make one listing', () => {
  const [one, other] = [new Listing(), new Listing()];
  one.note(line('a'), undefined);
  one.note(line('c'), 'a');
  other.note(line('a'), undefined);
  other.note(line('b'), 'a');
  other.note(line('c'), 'b');
  one.add(other);
  expect(one.inOrder().map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

test('the operations of a function know where they stand', () => {
  const { listings } = findWeakenings(counting, [{}], (name) => name === 'add');
  const lines = listings.get('add')!.inOrder();
  expect(lines.map(({ label }) => label)).toEqual(['L1', 'C1', 'C2', 'L2', 'D1']);
  expect(lines.every(({ site }) => site?.file.endsWith('fixtures/counting.ts'))).toBe(true);
});
