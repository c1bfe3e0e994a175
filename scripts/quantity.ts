import { UsageError } from './usage-error.ts';

const BYTES: Readonly<Record<string, number>> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Reads `512M` or `2G` as bytes. */
export function parseSize(flag: string, text: string): number {
  const bytes = scaled(/^(\d+(?:\.\d+)?)([KMGT])$/i, text, (unit) => BYTES[unit.toUpperCase()]);
  if (bytes === undefined) {
    throw new UsageError(`${flag} ${text}: expected a size like 512M or 2G`);
  }
  return bytes;
}

/** Reads `90s`, `5m` or `2h` as milliseconds. */
export function parseDuration(flag: string, text: string): number {
  const duration = scaled(/^(\d+(?:\.\d+)?)(ms|s|m|h)$/, text, (unit) => MILLISECONDS[unit]);
  if (duration === undefined) {
    throw new UsageError(`${flag} ${text}: expected a duration like 90s, 5m or 2h`);
  }
  return duration;
}

/** Reads a positive whole number. */
export function parseCount(flag: string, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (!(value >= 1 && Number.isSafeInteger(value))) {
    throw new UsageError(`${flag} ${text}: expected a whole number from 1`);
  }
  return value;
}

function scaled(
  shape: RegExp,
  text: string,
  factorOf: (unit: string) => number | undefined,
): number | undefined {
  const [, digits = '', unit = ''] = shape.exec(text) ?? [];
  const value = Math.floor(Number(digits) * (factorOf(unit) ?? 0));
  return value > 0 ? value : undefined;
}
