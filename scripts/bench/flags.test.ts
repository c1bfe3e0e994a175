import { expect, test } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { benchFlags } from './flags.ts';
import { chosenWorkloads } from './workloads.ts';

test('flags have defaults, and bad ones are refused in one line', () => {
  expect(benchFlags([])).toEqual({ rounds: 3, quick: false, write: false });
  expect(benchFlags(['--rounds', '1', '--only', 'n=4', '--quick'])).toEqual({
    ...{ rounds: 1, only: 'n=4' },
    ...{ quick: true, write: false },
  });
  for (const bad of [['--rounds', '0'], ['--rounds'], ['--fast'], ['more']]) {
    expect(() => benchFlags(bad)).toThrow(UsageError);
    expect(() => benchFlags(bad)).toThrow(/^.*expected.*$/);
  }
  expect(benchFlags(['--help'])).toContain('--rounds <n>');
});

test('workloads are chosen by name and size', () => {
  const names = (only: string | undefined, quick: boolean) =>
    chosenWorkloads(only, quick).map(({ name }) => name);
  expect(names('W1', false)).toEqual(['W1 filter lock, n=4', 'W1 filter lock, n=5']);
  expect(names('W1', true)).toEqual(['W1 filter lock, n=4']);
  expect(names('nothing', false)).toEqual([]);
});
