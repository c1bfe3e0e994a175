import { type AllSteps, NOWHERE, type States } from './graph.ts';
import type { Trap } from './traps.ts';

/** Steps that follow each other, by their numbers, and the state behind the last. */
export interface Way {
  readonly steps: readonly number[];
  readonly end: number;
}

/**
 * A shortest way from the initial state to a goal; where the trap asks for it, one that comes by a
 * pending state and stays in the region from there. Found breadth-first, over states before and
 * behind a pending one.
 *
 * @param goals by their numbers
 */
export function shortestWay(
  { states, offsets, targets, initial }: AllSteps,
  all: States,
  goals: Iterable<number>,
  trap: Trap,
): Way | undefined {
  const isGoal = new Uint8Array(states);
  for (const state of goals) isGoal[state] = 1;
  const pending = trap.pending?.(all);
  const size = pending === undefined ? states : 2 * states;
  const stepTo = new Uint32Array(size);
  const cameFrom = new Int32Array(size).fill(-1);
  const seen = new Uint8Array(size);
  const queue = new Int32Array(size);
  let count = 0;
  const reach = (node: number, step: number, from: number) => {
    if (seen[node] === 1) return;
    seen[node] = 1;
    stepTo[node] = step;
    cameFrom[node] = from;
    queue[count++] = node;
  };
  const inRegion = pending === undefined ? undefined : trap.region(all);
  const arrive = (state: number, isPending: boolean, step: number, from: number) => {
    if (!isPending) reach(state, step, from);
    if (pending === undefined) return;
    const goesOn = isPending ? inRegion?.[state] === 1 : pending[state] === 1;
    if (goesOn) reach(states + state, step, from);
  };
  arrive(initial, false, 0, -1);
  for (let i = 0; i < count; i++) {
    const node = queue[i]!;
    const isPending = node >= states;
    const state = isPending ? node - states : node;
    if (isGoal[state] === 1 && isPending === (pending !== undefined)) {
      return { steps: stepsTo(node, stepTo, cameFrom), end: state };
    }
    for (let step = offsets[state]!; step < offsets[state + 1]!; step++) {
      const target = targets[step]!;
      if (target !== NOWHERE) arrive(target, isPending, step, node);
    }
  }
  return undefined;
}

function stepsTo(end: number, stepTo: Uint32Array, cameFrom: Int32Array): readonly number[] {
  const steps: number[] = [];
  for (let node = end; cameFrom[node] !== -1; node = cameFrom[node]!) steps.push(stepTo[node]!);
  return steps.reverse();
}
