import { expect, test } from 'vitest';
import { parseCount, parseDuration, parseSize } from './quantity.ts';

test('sizes are powers of 1024', () => {
  expect(['1K', '512M', '2G', '1.5g'].map((text) => parseSize('--max-memory', text))).toEqual([
    1024,
    512 * 1024 ** 2,
    2 * 1024 ** 3,
    1.5 * 1024 ** 3,
  ]);
});

test('durations are milliseconds', () => {
  expect(['250ms', '90s', '5m', '1.5h'].map((text) => parseDuration('--time', text))).toEqual([
    250, 90_000, 300_000, 5_400_000,
  ]);
});

test('counts are whole', () => {
  expect(parseCount('--max-states', '1000000')).toBe(1_000_000);
});

test.each(['', '2', 'G', '0G', '-1G', '2GB', '1e3M'])('%j is no size', (text) => {
  expect(() => parseSize('--max-memory', text)).toThrow(
    `--max-memory ${text}: expected a size like 512M or 2G`,
  );
});

test.each(['', '90', 's', '0s', '-1s', '1 s', '3d'])('%j is no duration', (text) => {
  expect(() => parseDuration('--time', text)).toThrow(
    `--time ${text}: expected a duration like 90s, 5m or 2h`,
  );
});

test.each(['', '0', '-1', '1.5', '1e9', '99999999999999999999'])('%j is no count', (text) => {
  expect(() => parseCount('--max-states', text)).toThrow(
    `--max-states ${text}: expected a whole number from 1`,
  );
});
