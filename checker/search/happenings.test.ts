import { expect, test } from 'vitest';
import type { Event } from '../automaton/automaton.ts';
import { compile } from '../automaton/compile.ts';
import { tinySystem } from '../generators/tiny-system.ts';
import { Shared } from '../language/shared.ts';
import { HappeningLists, NOTHING } from './happenings.ts';

const shared = new Shared();
const x = shared.boolean('x');
const compiled = compile(tinySystem(shared, [() => x.write(true)[Symbol.iterator]()]));

function passed(...claims: readonly string[]): Event[] {
  return claims.map((claim) => ({ kind: 'passed', claim }));
}

test('lists that are joined keep what happened in both, in order, whatever their numbers', () => {
  const happenings = new HappeningLists(compiled);
  const names = Array.from({ length: 20 }, (_, i) => `c${i}`);
  const numbers = names.map((name) => happenings.add(passed(name)));
  for (const [i, a] of numbers.entries()) {
    for (const [j, b] of numbers.entries()) {
      const { counts } = happenings.lists[happenings.join(a, b)]!;
      expect(counts).toEqual([names[i], names[j]]);
    }
  }
});

test('nothing joined to a list is the list, and no events are nothing', () => {
  const happenings = new HappeningLists(compiled);
  const list = happenings.add(passed('c'));
  expect(happenings.add([])).toBe(NOTHING);
  expect(happenings.join(NOTHING, list)).toBe(list);
  expect(happenings.join(list, NOTHING)).toBe(list);
});
