import { expect, test } from 'vitest';
import { panFigures, panFlags } from './pan-figures.ts';

const OUTPUT = `State-vector 48 byte, depth reached 31310, errors: 0
   115256 states, stored
Stats on memory usage (in Megabytes):
    7.474	equivalent memory usage for states (stored*(State-vector + overhead))
    5.542	actual memory usage for states (compression: 74.15%)
         	state-vector as stored = 30 byte + 20 byte overhead
    2.000	memory used for hash table (-w18)
    9.155	memory used for DFS stack (-m200000)
    1.687	other (proc and chan stacks)
   18.500	total actual memory usage
`;

test('vector, depth and memory are read from what pan prints', () => {
  expect(panFigures(OUTPUT)).toEqual({ vector: 48, depth: 31_310, memoryBytes: 18.5 * 2 ** 20 });
  expect(() => panFigures('')).toThrow('pan did not print');
});

test('the tables of pan fit the space', () => {
  expect(panFlags({ states: 115_256, depth: 31_310 })).toEqual([
    ...['-c0', '-E', '-A'],
    ...['-w17', '-m31320'],
  ]);
  expect(panFlags({ states: 95 })).toEqual(['-c0', '-E', '-A', '-w10', '-m105']);
});
