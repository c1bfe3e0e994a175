import { describe, expect, test } from 'vitest';
import { COLUMNS, mutatedChecks } from './default-columns.ts';
import type { Finding, Size } from './scope-survey.ts';
import { catchesTable, sizesTable, surprises } from './scope-tables.ts';

const sizes: readonly Size[] = COLUMNS.map((column) => ({
  column,
  verdict: 'EXHAUSTED',
  states: 1_000,
  transitions: 2_000,
  depth: 30,
  cpuSeconds: 0.5,
  wallSeconds: 0.25,
}));

/** As if each claim of a row failed after 16 steps wherever its mutation can be seen. */
const findings: readonly Finding[] = mutatedChecks().map((check) => ({
  ...check,
  verdict: check.claim === undefined ? 'EXHAUSTED' : 'VIOLATED',
  violated: new Map(check.claim === undefined ? [] : [[check.claim, 16]]),
}));

/** The same, but for what is known of one mutation. */
function findingsBut(
  number: number,
  known: (finding: Finding) => Partial<Finding>,
): readonly Finding[] {
  return findings.map((finding) =>
    finding.mutation.number === number ? { ...finding, ...known(finding) } : finding,
  );
}

const holds: Partial<Finding> = { verdict: 'EXHAUSTED', violated: new Map() };

test('the sizes have a line for each scope and one for all of a number of vCPUs', () => {
  const lines = sizesTable(sizes).split('\n');
  expect(lines[2]).toBe('| a. 3 ops, 2 regions, prefault | 2 | 1,000 | 2,000 | 30 | 0.5 | 0.3 |');
  expect(lines[6]).toBe('| all of 2 vCPUs | 2 | 4,000 | 8,000 | 30 | 2.0 | 1.0 |');
  expect(lines[12]).toBe('| all of 3 vCPUs | 3 | 5,000 | 10,000 | 30 | 2.5 | 1.3 |');
});

describe('the cells of a mutation', () => {
  const row = (of: readonly Finding[], number: number) =>
    catchesTable(of)
      .split('\n')
      .find((line) => line.startsWith(`| ${number} `));

  test('are empty where the scope does not meet what the mutation needs', () => {
    expect(row(findings, 43)).toBe('| 43 no-stale-check | P9 |  | 16 |  |  |  |  | 16 |  |  |');
  });

  test('have a dash for a claim that holds', () => {
    const p4Holds = findingsBut(1, ({ claim }) => (claim === 'P4' ? holds : {}));
    expect(row(p4Holds, 1)).toBe(
      '| 1 set-before-split-enomem | P1, P4 |  |  | 16, - |  |  |  |  | 16, - |  |',
    );
  });

  test('name what failed before the claim was decided', () => {
    const deadlock = findingsBut(43, () => ({ violated: new Map([['deadlock', 12]]) }));
    expect(row(deadlock, 43)).toContain('|  | deadlock 12 |  |');
  });
});

describe('surprises', () => {
  test('are none if every mutation is caught and every equivalent one is not', () => {
    expect(surprises(sizes, findings)).toEqual([]);
  });

  test('name a scope in which the code as it is fails', () => {
    const failing = sizes.map(
      (size, i): Size => (i === 1 ? { ...size, verdict: 'VIOLATED' } : size),
    );
    expect(surprises(failing, findings)).toEqual(['scope b: VIOLATED, expected EXHAUSTED']);
  });

  test('name a mutation that the defaults of one number of vCPUs miss', () => {
    const missed = findingsBut(2, ({ scope }) => (scope.vcpus === 3 ? holds : {}));
    expect(surprises(sizes, missed)).toEqual([
      'mutation 2 set-before-split-drop: caught in no default scope of 3 vCPUs, ' +
        'expected a failure of P1 or P4',
    ]);
  });

  test('are none if one claim of a row fails in one scope of each number of vCPUs', () => {
    const few = findingsBut(2, ({ claim, column }) =>
      claim === 'P4' && ['a', 'i'].includes(column.letter) ? {} : holds,
    );
    expect(surprises(sizes, few)).toEqual([]);
  });

  test('name an equivalent mutation that is noticed', () => {
    const noticed = findingsBut(3, ({ column }) =>
      column.letter === 'f' ? { verdict: 'VIOLATED', violated: new Map([['P1', 9]]) } : {},
    );
    expect(surprises(sizes, noticed)).toEqual([
      'mutation 3 set-before-split-preallocated: VIOLATED (P1) in scope f, ' +
        'expected EXHAUSTED as it is equivalent',
    ]);
  });
});
