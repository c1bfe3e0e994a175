import type { PRNG } from 'seedrandom';

/** Decides who moves in a walk. */
export interface Scheduler {
  /** A new walk begins. `lengthSoFar`: the steps of the longest walk before it; at least 1. */
  begin(lengthSoFar: number): void;
  /** Picks one of the threads that can move: at least one, ascending. */
  pick(movable: readonly number[]): number;
  /** The thread that moved last is back where it was, and no other has moved meanwhile. */
  spins(thread: number): void;
}

/** A whole number from 0 to `below` - 1, each as likely. */
export function below(random: PRNG, bound: number): number {
  return Math.floor(random() * bound);
}

/** Every thread that can move is as likely, in every step. */
export function randomScheduler(random: PRNG): Scheduler {
  return {
    begin: () => {},
    pick: (movable) => movable[below(random, movable.length)]!,
    spins: () => {},
  };
}

/**
 * Probabilistic concurrency testing: threads have random priorities, and the highest that can move
 * moves; in `changePoints` random steps the thread that moves falls below all others. A violation
 * that needs `d` ordering constraints is found by a walk with a probability of at least
 * 1 / (n * k^(d-1)), for n threads, k steps and d - 1 change points.
 *
 * Burckhardt, Kothari, Musuvathi, Nagarakatte: "A randomized scheduler with probabilistic
 * guarantees of finding bugs", ASPLOS 2010. As there, k is estimated by the longest walk. A thread
 * that spins falls below all others too, or it would keep the rest from moving.
 */
export function pctScheduler(random: PRNG, threads: number, changePoints: number): Scheduler {
  let priorities: number[] = [];
  let lowest = 0;
  let changes = new Set<number>();
  let step = 0;
  const demote = (thread: number) => {
    priorities[thread] = --lowest;
  };
  return {
    begin(lengthSoFar) {
      priorities = shuffled(random, threads);
      lowest = 0;
      changes = new Set(Array.from({ length: changePoints }, () => 1 + below(random, lengthSoFar)));
      step = 0;
    },
    pick(movable) {
      const thread = movable.reduce((a, b) => (priorities[b]! > priorities[a]! ? b : a));
      if (changes.has(++step)) demote(thread);
      return thread;
    },
    spins: demote,
  };
}

/** The numbers from 1 to `count` in a random order (Fisher and Yates). */
function shuffled(random: PRNG, count: number): number[] {
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  for (let i = count - 1; i > 0; i--) {
    const j = below(random, i + 1);
    [numbers[i], numbers[j]] = [numbers[j]!, numbers[i]!];
  }
  return numbers;
}
