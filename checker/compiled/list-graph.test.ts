import fc from 'fast-check';
import { expect, test } from 'vitest';
import peterson from '../../docs/examples/peterson.ts';
import { EVERYTHING, tinySystem } from '../generators/tiny-system.ts';
import { done, loop, next } from '../language/loop.ts';
import { buildSystem } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import { Shared } from '../language/shared.ts';
import type { System } from '../language/system.ts';
import { Components } from '../liveness/components.ts';
import { type Arrows, type Explored, type Graph, NOWHERE, type States } from '../liveness/graph.ts';
import { interpreted } from '../liveness/stored-graph.ts';
import { buildProgram } from '../random-program/build-program.ts';
import { programArbitrary } from '../random-program/program-arbitrary.ts';
import { type Prepared, prepare } from '../search/explore.ts';
import { TINY } from './agreement.ts';
import { CompiledRun } from './explore-compiled.ts';
import type { Tuning } from './tuning.ts';

const STATES_MAX = 3_000;
const OPTIONS = { ...EVERYTHING, limits: { statesMax: STATES_MAX } };

function compiled(prepared: Prepared, tuning: Tuning): Explored {
  const run = new CompiledRun(prepared, EVERYTHING, tuning);
  const outcome = run.run();
  return {
    outcome,
    listingBytes: run.listingBytes,
    states: { count: outcome.states, each: (show) => run.eachNumbered(show) },
    cycles: (look) => run.cycles(look),
    allSteps: (look) => run.allSteps(look),
  };
}

type Shown = (state: number) => string;

/** By state, words that say nothing of its number. */
function namesOf(states: States, { layout }: Prepared): Shown {
  const names = new Array<string>(states.count);
  states.each((state, words, at) => {
    names[state] = words.slice(at, at + layout.wordCount).join();
  });
  return (state) => names[state] ?? 'nowhere';
}

/** For each state where its steps lead, in order, and for each step what else there is to say. */
function stepsOf(
  { states, offsets, targets }: Arrows,
  nameOf: Shown,
  more: (step: number) => string = () => '',
): ReadonlyMap<string, readonly string[]> {
  const steps = new Map<string, readonly string[]>();
  for (let state = 0; state < states; state++) {
    const own: string[] = [];
    for (let step = offsets[state]!; step < offsets[state + 1]!; step++) {
      own.push(`${nameOf(targets[step]!)} ${more(step)}`);
    }
    steps.set(nameOf(state), own);
  }
  return steps;
}

/** That what one engine lists is what the other does. @returns how many states may be on cycles */
function compare(prepared: Prepared, expected: Explored, tuning = TINY): number {
  const found = compiled(prepared, tuning);
  const looked = { times: 0 };
  const look = (count: number) => {
    looked.times += count;
  };
  const names = namesOf(found.states, prepared);
  const referenceNames = namesOf(expected.states, prepared);
  const whole = expected.cycles(() => {}).graph;

  const all = found.allSteps(look);
  expect(looked.times).toBe(found.states.count);
  expect(names(all.initial)).toBe(referenceNames(expected.allSteps(() => {}).initial));
  const leading = stepsOf(whole, referenceNames).entries();
  const withoutFailing = [...leading].map(
    ([state, own]) => [state, own.filter((step) => step !== 'nowhere ')] as const,
  );
  expect(stepsOf(all, names)).toEqual(new Map(withoutFailing));

  const { states, graph, numbers } = found.cycles(look);
  const own = namesOf(states, prepared);
  expect([...numbers].map(names)).toEqual([...numbers.keys()].map(own));
  const kept = new Set([...numbers].map(names));
  const of = (one: Graph) => (step: number) => `${one.movers[step]} ${one.happened[step]}`;
  const steps = stepsOf(
    whole,
    (state) => {
      const name = referenceNames(state);
      return kept.has(name) ? name : 'nowhere';
    },
    of(whole),
  );
  const keptSteps = [...steps].filter(([state]) => kept.has(state));
  expect(stepsOf(graph, own, of(graph))).toEqual(new Map(keptSteps));

  const components = new Components(whole);
  for (const { from, to } of components.decompose(components.beginWithAll())) {
    for (const state of components.order.subarray(from, to)) {
      expect(kept).toContain(referenceNames(state));
    }
  }
  return numbers.length;
}

test('the steps of the filter lock are those that the interpreter takes', () => {
  const prepared = prepare(buildSystem(peterson, { threads: 3 }));
  const expected = interpreted(prepared, OPTIONS);
  const onCycles = compare(prepared, expected);
  expect(expected.states.count).toBeGreaterThan(1_000);
  expect(onCycles).toBe(expected.states.count);
});

test('more states than are listed in one go, by three threads, are listed once each', () => {
  const shared = new Shared();
  const bodies = [0, 1, 2].map((i) => {
    const count = shared.integer(`count${i}`, { min: 0, max: 32 });
    return function* () {
      yield* loop(null, function* () {
        const before = yield* count.fetchUpdate((value) => Math.min(32, value + 1));
        return before === 31 ? done(null) : next(null);
      });
    };
  });
  const prepared = prepare(tinySystem(shared, bodies));
  const expected = interpreted(prepared, EVERYTHING);
  // More than half of them are handed in at a time, and all are more than there are places for.
  expect(expected.states.count).toBe(33 ** 3);
  compare(prepared, expected, { ...TINY, partitionBits: 1 });
});

test('so are those of random programs, and no cycle is lost', () => {
  const seen = { compared: 0, happenings: 0, failed: 0, none: 0, some: 0 };
  fc.assert(
    fc.property(programArbitrary, (program) => {
      let system: System;
      let expected: Explored;
      let prepared: Prepared;
      try {
        system = buildProgram(program);
        prepared = prepare(system);
        expected = interpreted(prepared, OPTIONS);
      } catch (error) {
        if (error instanceof ModelError) return;
        throw error;
      }
      if (expected.outcome.stopped !== undefined) return;
      seen.compared++;
      const { targets, happened } = expected.cycles(() => {}).graph;
      if (happened.some((list) => list > 0)) seen.happenings++;
      if (targets.includes(NOWHERE)) seen.failed++;
      const onCycles = compare(prepared, expected);
      if (onCycles === 0) seen.none++;
      else if (onCycles < expected.states.count) seen.some++;
    }),
    { seed: 4_001, numRuns: 150 },
  );
  expect(seen.compared).toBeGreaterThan(75);
  expect(seen.happenings).toBeGreaterThan(20);
  expect(seen.failed).toBeGreaterThan(0);
  expect(seen.none).toBeGreaterThan(0);
  expect(seen.some).toBeGreaterThan(10);
});
