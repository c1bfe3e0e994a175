import { expect, test } from 'vitest';
import { tlcCounts } from './tlc-counts.ts';

const LINE = '461025 states generated, 115256 distinct states found, 0 states left on queue.';

test('the counts of TLC are those of its last line, without the initial state', () => {
  const before = 'Progress(9) at 2026-01-01: 9,000 states generated, 4,000 distinct states found, ';
  const output = `${before}700 states left on queue.\n${LINE}\n`;
  expect(tlcCounts(output)).toEqual({ states: 115_256, transitions: 461_024 });
});

test('a search of TLC that was cut short has no counts', () => {
  expect(() => tlcCounts(LINE.replace(', 0 states', ', 12 states'))).toThrow('not search');
});
