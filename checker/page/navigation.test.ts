import { describe, expect, test } from 'vitest';
import { type Navigation, targetOf } from './navigation.ts';

/** Threads by step: two switches, behind steps 3 and 5. */
const THREADS = [0, 0, 0, 1, 1, 0, 0];

describe('targetOf', () => {
  test.each<[Navigation, number, number]>([
    ['next', 0, 1],
    ['next', 7, 7],
    ['previous', 7, 6],
    ['previous', 0, 0],
    ['first', 5, 0],
    ['last', 2, 7],
    ['on ten', 2, 7],
    ['back ten', 7, 0],
    ['next switch', 0, 3],
    ['next switch', 3, 5],
    ['next switch', 5, 7],
    ['next switch', 7, 7],
    ['previous switch', 7, 5],
    ['previous switch', 5, 3],
    ['previous switch', 3, 0],
    ['previous switch', 0, 0],
  ])('%s leads from %i to %i', (way, from, to) => {
    expect(targetOf(way, runOf(THREADS), from)).toBe(to);
  });

  test('a loop goes on behind its last step with its first one', () => {
    const loop = { ...runOf(THREADS), loopStart: 4 };
    expect(targetOf('next', loop, 6)).toBe(7);
    expect(targetOf('next', loop, 7)).toBe(5);
    expect(targetOf('last', loop, 0)).toBe(7);
  });
});

function runOf(threads: readonly number[]): Parameters<typeof targetOf>[1] {
  return { steps: threads.map((thread) => ({ thread })) };
}
