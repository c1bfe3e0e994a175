import { expect, test } from 'vitest';
import { cellWords, differencesOf } from './difference.ts';
import type { Cell, RowEntry } from './row-entry.ts';

const nothing = { steps: null, loop: null, schedule: null };
const holds = (claim: string): Cell => ({ ...nothing, claim, verdict: 'HOLDS' });
const fails = (claim: string, steps: number): Cell => ({
  claim,
  verdict: 'VIOLATED',
  steps,
  loop: null,
  schedule: 's',
});
const row = (...cells: readonly Cell[]) => ({ cells }) as unknown as RowEntry;

test('rows differ in claims that fail in one of them, or that one does not judge', () => {
  const before = row(holds('P1'), fails('P2', 3), holds('P3'), fails('P4', 5));
  const after = row(holds('P1'), holds('P2'), fails('P4', 6), holds('P5'));
  expect(differencesOf(before, after)).toEqual([
    { claim: 'P2', before: fails('P2', 3), after: holds('P2') },
    { claim: 'P3', before: holds('P3'), after: null },
    { claim: 'P5', before: null, after: holds('P5') },
  ]);
  expect(differencesOf(before, before)).toEqual([]);
});

test('a cell in words', () => {
  const loops: Cell = { ...fails('L1', 3), loop: 4 };
  expect([fails('P1', 3), loops, holds('P1'), null].map(cellWords)).toEqual([
    'VIOLATED after 3 steps',
    'VIOLATED in a loop, 3+4 steps',
    'HOLDS',
    'not judged',
  ]);
});
