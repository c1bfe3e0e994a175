import { expect, test } from 'vitest';
import { Components } from './components.ts';
import { fairLoop } from './fair-loop.ts';
import type { Graph } from './graph.ts';
import type { Rule } from './rules.ts';

/** A ring of states with a step from each to the next, and from each to itself. */
function ring(states: number): Graph {
  const steps = Array.from({ length: states }, (_, state) => [state, (state + 1) % states]).flat();
  return {
    states,
    threads: 1,
    offsets: Uint32Array.from({ length: states + 1 }, (_, state) => 2 * state),
    targets: Int32Array.from(steps),
    movers: new Uint8Array(2 * states),
    happened: new Uint16Array(2 * states),
  };
}

const beginsAt = (begin: number): Rule => ({ meets: ({ state }) => state === begin });

function loopOf(graph: Graph, rules: readonly Rule[]) {
  const components = new Components(graph);
  const [component] = components.decompose(components.beginWithAll());
  return fairLoop(graph, components, component!, rules, 0);
}

test.each([
  [3, true],
  [40, false],
])('a loop has to meet %i rules: the shortest is found: %s', (states, isShortest) => {
  const graph = ring(states);
  const rules = Array.from({ length: states }, (_, state) => beginsAt(state));
  const loop = loopOf(graph, rules);
  expect(loop.isShortest).toBe(isShortest);
  let state = 0;
  const met = new Set<number>();
  for (const step of loop.steps) {
    expect(step >> 1).toBe(state);
    met.add(state);
    state = graph.targets[step]!;
  }
  expect(state).toBe(0);
  expect(met.size).toBe(states);
});
