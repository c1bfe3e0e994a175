import { expect, test } from 'vitest';
import type { Contestant, Measurement, Space } from './measurement.ts';
import { runRounds } from './rounds.ts';
import { WORKLOADS } from './workloads.ts';

const workload = { ...WORKLOADS[0]!, name: 'W', states: 10 };

interface Searching {
  readonly states?: number;
  readonly transitions?: number;
  readonly space?: Space;
  readonly needsFirstRun?: boolean;
}

function contestant(name: string, order: string[], searching: Searching = {}): Contestant {
  const { states = 10, transitions = 30, space = 'all', needsFirstRun = false } = searching;
  const run = async (): Promise<Measurement> => {
    order.push(name);
    return { states, transitions, seconds: 1, state: '1 bit' };
  };
  return { name, space, needsFirstRun, run };
}

const quiet = { rounds: 2, onRun: () => {}, onStates: () => {} };

test('contestants take turns, and the first runs of those that need one do not count', async () => {
  const order: string[] = [];
  const a = contestant('a', order, { needsFirstRun: true });
  const b = contestant('b', order);
  const measured = await runRounds(workload, [a, b], quiet);
  expect(order.join('')).toBe('aabab');
  expect(measured.map(({ runs }) => runs.length)).toEqual([2, 2]);
});

test('whoever searches another space fails the bench', async () => {
  const against = (searching: Searching) =>
    runRounds(workload, [contestant('a', []), contestant('b', [], searching)], quiet);
  await expect(against({ transitions: 29 })).rejects.toThrow('b counts 10 states and 29');
  await expect(against({ states: 9 })).rejects.toThrow('expected 10 states and 30 transitions');
  await expect(against({ states: 9, space: 'reduced' })).resolves.toHaveLength(2);
  await expect(against({ transitions: 31, space: 'stepped' })).resolves.toHaveLength(2);
  await expect(against({ states: 9, space: 'stepped' })).rejects.toThrow('as many states');
  await expect(against({ states: 19, transitions: 80, space: 'product' })).resolves.toHaveLength(2);
  await expect(against({ states: 9, space: 'product' })).rejects.toThrow('expected at least 10');
  await expect(against({ states: 11, space: 'symmetric' })).rejects.toThrow('expected at most 10');
});

test('a workload that has other states than it is known to have fails the bench', async () => {
  const run = runRounds(workload, [contestant('a', [], { states: 11 })], quiet);
  await expect(run).rejects.toThrow('expected 10 states');
});
