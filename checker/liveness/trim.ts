import type { Arrows } from './graph.ts';

/** More steps to a state are not counted. */
const MANY = 0xff;

/**
 * Takes out every state that no step leads to, with its steps, until there is none (A. B. Kahn,
 * "Topological sorting of large networks", 1962). What is left are the states on cycles, those
 * behind them, and those behind a state that very many steps lead to.
 *
 * @returns the numbers of the states that are left, rising
 */
export function trimmed({ states, offsets, targets }: Arrows): Int32Array {
  const arriving = new Uint8Array(states);
  for (let step = 0; step < offsets[states]!; step++) {
    const target = targets[step]!;
    if (arriving[target]! < MANY) arriving[target]!++;
  }
  const open: number[] = [];
  let left = states;
  for (let next = 0; next < states; next++) {
    if (arriving[next] !== 0) continue;
    open.push(next);
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      left--;
      const end = offsets[state + 1]!;
      for (let step = offsets[state]!; step < end; step++) {
        const target = targets[step]!;
        if (arriving[target] === MANY) continue;
        // Those that the outer loop has not come to yet are left to it.
        if (--arriving[target]! === 0 && target < next) open.push(target);
      }
    }
  }
  const numbers = new Int32Array(left);
  let end = 0;
  for (let state = 0; state < states; state++) {
    if (arriving[state] !== 0) numbers[end++] = state;
  }
  return numbers;
}
