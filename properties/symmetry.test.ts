import { expect, it } from 'vitest';
import { compile } from '../checker/automaton/compile.ts';
import { buildSystem } from '../checker/index.ts';
import { brokenBy, orbitCount } from '../checker/symmetry/brute-force.ts';
import { canonicalize, permutationsOf } from '../checker/symmetry/canonical.ts';
import { keyOf, stateGraph } from '../checker/symmetry/state-graph.ts';
import { findSymmetry } from '../checker/symmetry/symmetry.ts';
import { complete_scope, scopes } from '../model/scopes.ts';
import model from './index.ts';

it.each([2, 3, 4])('%i vCPUs are interchangeable in each default scope', (vcpus) => {
  for (const scope of scopes({ vcpus })) {
    const { classes } = findSymmetry(compile(buildSystem(model, scope)));
    const everyone = Array.from({ length: vcpus }, (_, i) => i);
    expect(classes.map(({ threads }) => threads)).toEqual([everyone]);
  }
});

it('the states of two vCPUs and a zap have as many representatives as orbits', () => {
  const size = { vcpus: 2, ops: 1, regions: 1, host: ['zap'], inject: [] } as const;
  const graph = stateGraph(buildSystem(model, complete_scope(size)))!;
  const symmetry = findSymmetry(graph.prepared.compiled);
  const renamings = permutationsOf(symmetry);
  expect(renamings).toHaveLength(2);
  for (const renaming of renamings) expect(brokenBy(graph, renaming)).toBeUndefined();

  const { layout, compiled } = graph.prepared;
  const representatives = new Set<string>();
  // Counted once more without the module: two guests and their snapshots in either order.
  const sorted = new Set<string>();
  const snapshots = layout.variables.flatMap(({ name }, i) => (/snapshot/.test(name) ? [i] : []));
  expect([snapshots.length, compiled.automata.length]).toEqual([2, 3]);
  for (const { state } of graph.states.values()) {
    representatives.add(keyOf(canonicalize(state, renamings).state));
    const guests = snapshots.map((variable, i) => `${state.nodes[i]},${state.values[variable]}`);
    const rest = state.values.filter((_, i) => !snapshots.includes(i));
    sorted.add(`${guests.sort()}|${state.nodes[2]}|${rest}`);
  }
  expect(representatives.size).toBe(sorted.size);
  expect(orbitCount(graph, renamings)).toBe(sorted.size);
});
