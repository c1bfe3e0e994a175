import { expect, test } from 'vitest';
import type { Measured } from './rounds.ts';
import { markdownTable, plainTable, tableOf } from './table.ts';

const counts = { states: 2_000_000, transitions: 6_000_000, state: '55 bits' };

const measured: readonly Measured[] = [
  {
    contestant: { name: 'compiled, 1 worker', space: 'all' },
    runs: [1, 2, 4].map((seconds) => ({ ...counts, seconds, peakBytes: 64 * 2 ** 20 })),
  },
  {
    contestant: { name: 'SPIN', space: 'all' },
    runs: [5, 8, 20].map((seconds) => ({ ...counts, seconds, ownBytes: 80_000_000 })),
  },
];

test('a table has medians, and the ratios of what ran in the same round', () => {
  const { rows } = tableOf('W', measured);
  const common = ['2,000,000', '6,000,000'];
  expect(rows).toEqual([
    ['compiled, 1 worker', ...common, '2.00', '1,000', '3,000', '64', '33.6', '-'].concat([
      ...['55 bits', '1.00', '5.00'],
    ]),
    ['SPIN', ...common, '8.00', '250', '750', '-', '-', '40.0', '55 bits', '0.20', '1.00'],
  ]);
});

test('without SPIN there is no ratio to it', () => {
  expect(tableOf('W', measured.slice(0, 1)).rows[0]!.at(-1)).toBe('-');
});

test('a table for a terminal is aligned, one for a page is markdown', () => {
  const table = { title: 'W', columns: ['who', 's'], rows: [['SPIN', '8.00']] };
  expect(plainTable(table)).toBe('W\nwho      s\nSPIN  8.00\n');
  expect(markdownTable(table)).toBe('### W\n\n| who | s |\n| --- | --: |\n| SPIN | 8.00 |\n');
});
