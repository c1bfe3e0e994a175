import { expect, test } from 'vitest';
import { MEASURED, sizesTable } from './scope-sizes.ts';

test('the sizes have a line for each scope and one for all of a number of vCPUs', () => {
  const sizes = MEASURED.map((scope) => ({
    scope,
    verdict: 'EXHAUSTED' as const,
    states: 1_000,
    transitions: 2_000,
    depth: 30,
    cpuSeconds: 0.5,
    wallSeconds: 0.25,
  }));
  const lines = sizesTable(sizes).split('\n');
  expect(lines[2]).toBe('| a. 3 ops, 2 regions, prefault | 2 | 1,000 | 2,000 | 30 | 0.5 | 0.3 |');
  expect(lines[6]).toBe('| all of 2 vCPUs | 2 | 4,000 | 8,000 | 30 | 2.0 | 1.0 |');
  expect(lines[12]).toBe('| all of 3 vCPUs | 3 | 5,000 | 10,000 | 30 | 2.5 | 1.3 |');
});
