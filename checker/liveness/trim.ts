import type { Range } from './components.ts';
import type { Arrows } from './graph.ts';

/** In the count of a state: more steps to it are not counted. */
const MANY = 0x7e;
/** Instead of a count: the state was taken out. */
const GONE = 0x7f;
/** The bits of both. */
const COUNT = 0x7f;
/** Beside the count: the last sweep has come past the state. */
const PASSED = 0x80;

/** The last sweep is the one after a sweep that takes out less than this share of the states. */
const WORTH_A_SWEEP = 1 / 32;

/**
 * Takes out every state that no step leads to, with its steps, until there is none (A. B. Kahn,
 * "Topological sorting of large networks", 1962). What is left are the states on cycles, those
 * behind them, and those behind a state that very many steps lead to.
 *
 * @param order ranges that together are all states, for speed such that most steps lead forwards
 * @returns the numbers of the states that are left, rising
 */
export function trimmed(
  arrows: Arrows,
  order: readonly Range[] = [{ from: 0, to: arrows.states }],
): Int32Array {
  const { states, offsets, targets } = arrows;
  const arriving = new Uint8Array(states);
  for (let step = 0; step < offsets[states]!; step++) {
    const target = targets[step]!;
    if (arriving[target]! < MANY) arriving[target]!++;
  }
  const open: number[] = [];
  let left = states;
  const takeOut = (state: number) => {
    arriving[state] = GONE;
    left--;
    const end = offsets[state + 1]!;
    for (let step = offsets[state]!; step < end; step++) {
      const target = targets[step]!;
      const before = arriving[target]!;
      if ((before & COUNT) >= MANY) continue;
      arriving[target] = before - 1;
      if (before - 1 === PASSED) open.push(target);
    }
  };
  // What is behind a sweep is left to the next one, as sweeps read memory in order; only the last
  // one goes back.
  for (let isLast = false, isOver = false; !isOver; ) {
    const before = left;
    for (const { from, to } of order) {
      for (let next = from; next < to; next++) {
        if (arriving[next] !== 0) {
          if (isLast) arriving[next]! |= PASSED;
          continue;
        }
        takeOut(next);
        for (let state = open.pop(); state !== undefined; state = open.pop()) takeOut(state);
      }
    }
    isOver = isLast;
    isLast = before - left < WORTH_A_SWEEP * states;
  }
  const numbers = new Int32Array(left);
  let end = 0;
  for (let state = 0; state < states; state++) {
    if ((arriving[state]! & COUNT) !== GONE) numbers[end++] = state;
  }
  return numbers;
}
