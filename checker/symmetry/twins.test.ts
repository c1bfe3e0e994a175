import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brokenBy, isSymmetric, orbitCount } from './brute-force.ts';
import { canonicalize, permutationsOf } from './canonical.ts';
import { keyOf, type StateGraph, stateGraph } from './state-graph.ts';
import { findSymmetry, type Symmetry } from './symmetry.ts';
import { type TwinProgram, twinArbitrary } from './twin-program.ts';
import { buildTwins } from './twin-system.ts';

const SEED = 77;
const RUNS = 500;
/** Bigger spaces are left out, and counted. */
const STATES_MAX = 2_000;

test(`every symmetry that is found is one, on random programs (seed ${SEED})`, () => {
  const counts: Record<string, number> = {};
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const judge = (program: TwinProgram) => {
    const graph = stateGraph(buildTwins(program), STATES_MAX);
    if (graph === undefined) {
      count('too big');
      return;
    }
    count('compared');
    const symmetry = findSymmetry(graph.prepared.compiled);
    compare(graph, symmetry);
    for (let a = 0; a < program.threads; a++) {
      for (let b = a + 1; b < program.threads; b++) {
        const found = symmetry.classes.some(
          ({ threads }) => threads.includes(a) && threads.includes(b),
        );
        if (found) count('pairs found');
        else count(isTrue(graph, a, b) ? 'pairs missed' : 'pairs refused');
        if (isFair(program, b)) count(found ? 'fair pairs found' : 'fair pairs missed');
      }
    }
  };
  fc.assert(fc.property(twinArbitrary, judge), { seed: SEED, numRuns: RUNS });
  console.info(`random twins, seed ${SEED}:`, counts);

  const of = (name: string) => counts[name] ?? 0;
  expect(of('compared')).toBeGreaterThan(300);
  expect(of('pairs found')).toBeGreaterThan(300);
  expect(of('pairs refused')).toBeGreaterThan(50);
  // Those that are missed differ in something that no run shows.
  expect(of('fair pairs found')).toBeGreaterThan(200);
  expect(of('fair pairs missed')).toBe(0);
}, 300_000);

function compare(graph: StateGraph, symmetry: Symmetry): void {
  const swaps = symmetry.classes.flatMap((one) => one.swaps);
  for (const swap of swaps) expect(brokenBy(graph, swap)).toBeUndefined();
  if (swaps.length === 0) return;
  const renamings = permutationsOf(symmetry);
  for (const renaming of renamings) expect(brokenBy(graph, renaming)).toBeUndefined();
  const representatives = new Set(
    [...graph.states.values()].map(({ state }) => keyOf(canonicalize(state, renamings).state)),
  );
  expect(representatives.size).toBe(orbitCount(graph, swaps));
}

/** Whether one of the renamings that come to mind for a program of twins is a symmetry. */
function isTrue(graph: StateGraph, a: number, b: number): boolean {
  const { compiled, layout } = graph.prepared;
  const trade = (thread: number) => (thread === a ? b : thread === b ? a : thread);
  const names = layout.variables.map(({ name }) => name);
  const tradeName = (name: string) => name.replace(/(?<=[[t])\d/, (i) => `${trade(Number(i))}`);
  const traded = (list: readonly unknown[]) =>
    list.map((item, i) => (typeof item === 'string' ? list.indexOf(tradeName(item)) : i));
  const inPlace = (list: readonly unknown[]) => list.map((_, i) => i);
  return [traded, inPlace].some((renameValues) =>
    isSymmetric(graph, {
      threads: compiled.automata.map((_, thread) => trade(thread)),
      variables: traded(names),
      values: layout.variables.map(({ domain }) => renameValues(domain)),
    }),
  );
}

/** Whether nothing in the program tells `thread` from those before it. */
function isFair({ deeds, host, claims, twist, threads }: TwinProgram, thread: number): boolean {
  const text = JSON.stringify([deeds, host, claims]);
  return (
    twist === undefined &&
    !/scan|favour|"fair":false/.test(text) &&
    // The host acts in the name of the last thread.
    (host === undefined || thread < threads - 1)
  );
}
