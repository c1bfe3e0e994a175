import { describe, expect, test } from 'vitest';
import { checkLiveness, type Model } from '../checker/index.ts';
import { mutations } from '../model/mutations/index.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import model from './index.ts';

// domain.md 8.4: which claims over infinite runs each mutation breaks, in scopes that show it.

const OPTIONS = { engine: 'compiled', limits: {}, keepGoing: true } as const;

const ONE: Partial<KvmScope> = { vcpus: 1, ops: 3, regions: 2 };
const TWO: Partial<KvmScope> = { vcpus: 2, ops: 1, regions: 1 };
const CONVERSIONS: Partial<KvmScope> = { ...TWO, conversions: 1 };

/** By number, the claims that fail with one vCPU, and with two. Where nothing is said none do. */
const BROKEN: Readonly<Record<number, readonly [one: string, two: string]>> = {
  1: ['L1 L2 L3', 'L1 L2 L3'],
  4: ['', 'L1 L2 L3'],
  5: ['', 'L1 L2 L3'],
  6: ['L1 L2', 'L1 L2 L3'],
  12: ['L1 L2', 'L1 L2 L3'],
  15: ['', 'L1 L3'],
  16: ['L1 L2', ''],
  23: ['', 'L1 L2 L3'],
  30: ['L1 L4', 'L1 L4'],
  33: ['L1 L2', 'L1 L2'],
  37: ['L1 L2 L3', 'L1 L2 L3'],
  38: ['L1 L2 L3', 'L1 L2 L3'],
  44: ['L1 L2', 'L1 L2'],
  45: ['L1 L2', 'L1 L2'],
  55: ['L1 L2 L3', 'L1 L2 L3'],
};

/** Of these the reference says that no such claim fails. */
const HARMLESS = [3, 8, 9, 10, 11, 13, 17, 18, 19, 22, 46, 49, 50, 52];

function failing(row: (typeof mutations)[number], size: Partial<KvmScope>): string {
  const { name, number, needs } = row;
  const extra = [19, 22, 43].includes(number) ? (['zap'] as const) : [];
  const own = needs.host ?? ['prefault', ...extra];
  const scope = complete_scope({ ...size, ...needs, host: own, mutate: name });
  const { claims, stopped } = checkLiveness(model as unknown as Model, scope, OPTIONS);
  expect(stopped).toBeUndefined();
  return claims
    .filter(({ kind, verdict }) => kind === 'liveness' && verdict === 'VIOLATED')
    .map(({ id }) => id)
    .sort()
    .join(' ');
}

describe.each(mutations)('mutation $number, $name', (row) => {
  const [one, two] = BROKEN[row.number] ?? ['', ''];
  const converts = row.needs.host?.includes('convert') === true;

  test(`with one vCPU ${one || 'nothing'} fails`, () => {
    const size = converts ? { ...CONVERSIONS, vcpus: 1, ops: 2 } : ONE;
    expect(failing(row, size)).toBe(one);
  });

  test(`with two vCPUs ${two || 'nothing'} fails`, () => {
    expect(failing(row, converts ? CONVERSIONS : TWO)).toBe(two);
  });
});

test('what the reference calls harmless is', () => {
  expect(HARMLESS.filter((number) => BROKEN[number] !== undefined)).toEqual([]);
});

test('what a row is said to break it breaks', () => {
  for (const { number, spins = [] } of mutations) {
    expect((BROKEN[number] ?? []).join(' ')).toEqual(
      spins.length === 0 ? expect.anything() : expect.stringContaining(spins[0]!),
    );
  }
});
