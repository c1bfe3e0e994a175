import seedrandom from 'seedrandom';
import { expect, test } from 'vitest';
import { pctScheduler, randomScheduler, type Scheduler } from './scheduler.ts';

const LENGTH = 10;

/** The order in which two threads of `LENGTH` steps each take their steps in one walk. */
function walk(scheduler: Scheduler): number[] {
  const left = [LENGTH, LENGTH];
  const order: number[] = [];
  scheduler.begin(2 * LENGTH);
  while (left.some((steps) => steps > 0)) {
    const movable = [0, 1].filter((thread) => left[thread]! > 0);
    const thread = scheduler.pick(movable);
    left[thread]!--;
    order.push(thread);
  }
  return order;
}

/** How many switches a walk makes while both threads have steps left. */
function switches(order: readonly number[]): number {
  return order.filter((thread, i) => i > 0 && thread !== order[i - 1]).length;
}

test('pct without change points runs one thread to its end, then the other; either first', () => {
  const scheduler = pctScheduler(seedrandom('a'), 2, 0);
  const walks = Array.from({ length: 200 }, () => walk(scheduler));
  expect(new Set(walks.map(switches))).toEqual(new Set([1]));
  const first = walks.filter(([thread]) => thread === 0).length;
  expect(first).toBeGreaterThan(70);
  expect(first).toBeLessThan(130);
});

test('pct hits a window of one step at least as often as the paper promises', () => {
  // Thread 0 takes exactly 4 steps, then thread 1 all of its own: two constraints, so d = 2, and
  // one change point. The bound is 1 / (n k^(d-1)) = 1 / 40.
  const walksTaken = 4_000;
  const scheduler = pctScheduler(seedrandom('b'), 2, 1);
  const wanted = [...Array(4).fill(0), ...Array(LENGTH).fill(1), ...Array(6).fill(0)].join();
  const hits = Array.from({ length: walksTaken }, () => walk(scheduler).join() === wanted);
  expect(hits.filter(Boolean).length).toBeGreaterThanOrEqual(0.8 * (walksTaken / 40));
});

test('random lets any thread move in any step', () => {
  const scheduler = randomScheduler(seedrandom('c'));
  const orders = Array.from({ length: 50 }, () => walk(scheduler));
  expect(Math.min(...orders.map(switches))).toBeGreaterThan(2);
});

test('a thread that spins falls behind', () => {
  const scheduler = pctScheduler(seedrandom('d'), 3, 0);
  scheduler.begin(100);
  const all = [0, 1, 2];
  const first = scheduler.pick(all);
  expect(scheduler.pick(all)).toBe(first);
  scheduler.spins(first);
  const second = scheduler.pick(all);
  expect(second).not.toBe(first);
  scheduler.spins(second);
  expect([first, second]).not.toContain(scheduler.pick(all));
});
