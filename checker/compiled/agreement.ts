import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect } from 'vitest';
import { checkScope, type EngineName } from '../check/check.ts';
import type { ScopeResult } from '../check/result.ts';
import type { EngineOptions, Outcome, SymmetryUse } from '../engine/engine.ts';
import { EVERYTHING } from '../generators/tiny-system.ts';
import { buildSystem, type Model } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import type { Scope } from '../language/parameter.ts';
import { buildProgram } from '../random-program/build-program.ts';
import type { Program } from '../random-program/program.ts';
import { programArbitrary } from '../random-program/program-arbitrary.ts';
import { type Prepared, prepare, Search } from '../search/explore.ts';
import { Crew, Helpers, type Sabotage } from './crew.ts';
import { CompiledRun } from './explore-compiled.ts';
import type { Tuning } from './tuning.ts';

/** For tests: few partitions, small buffers, a small memo: small spaces see what big ones do. */
export const TINY: Tuning = {
  partitionBits: 3,
  memoBits: 2,
  crewStatesMin: 0,
  bufferStates: [2, 8],
};

/** For tests: a thread that helps, and has started. */
export async function helper(sabotage?: Sabotage): Promise<Helpers> {
  const helpers = new Helpers(1, () => {}, sabotage);
  const crew = new Crew(helpers.ends);
  while (!crew.isReady) await sleep(5);
  return helpers;
}

/** Bigger spaces are left out, and counted. */
const STATES_MAX = 20_000;

/** For tests: a search and every state that it stored, with its level. */
export interface Explored {
  readonly outcome: Outcome;
  readonly states: ReadonlySet<string>;
}

/** For tests: the reference. */
export function interpret(prepared: Prepared, options = EVERYTHING): Explored {
  const search = new Search(prepared, options);
  const outcome = search.run();
  const { store } = search;
  const states = new Set<string>();
  for (let level = 0; level + 1 < store.levelStarts.length; level++) {
    store.eachPredecessor(level, undefined, '', (words, at) =>
      states.add(stateText(prepared, words, at, level)),
    );
  }
  return { outcome, states };
}

/** For tests: the same by the compiled engine. */
export function runCompiled(prepared: Prepared, options = EVERYTHING, tuning = TINY): Explored {
  const run = new CompiledRun(prepared, options, tuning);
  const outcome = run.run();
  const states = new Set<string>();
  run.eachState((words, level) => states.add(stateText(prepared, words, 0, level)));
  return { outcome, states };
}

function stateText({ layout }: Prepared, words: Int32Array, at: number, level: number): string {
  return `${level}: ${words.slice(at, at + layout.wordCount)}`;
}

/** For tests: all of an outcome that two engines must agree about. */
export function comparable({ violations, premises, memoryBytes: _, ...rest }: Outcome) {
  return { ...rest, premises: [...premises].sort(), violations: schedules({ violations }) };
}

/** For tests: the claims that fail and how, in an order that does not depend on the engine. */
export function schedules({ violations }: Pick<Outcome, 'violations'>) {
  return violations
    .map(({ claim, schedule }) => [claim, schedule] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** For tests: how many random programs were what. */
export interface Mix {
  compared: number;
  violating: number;
  faulty: number;
  'too big': number;
  'over 500 states': number;
  symmetric: number;
}

/** For tests: compares the compiled engine with the interpreter on random programs. */
export function compareRandomPrograms(seed: number, numRuns: number, helpers: Helpers): Mix {
  const sizes = { 'too big': 0, 'over 500 states': 0 };
  const mix: Mix = { compared: 0, violating: 0, faulty: 0, symmetric: 0, ...sizes };
  fc.assert(
    fc.property(programArbitrary, (program) => compare(program, helpers, mix)),
    { seed, numRuns },
  );
  return mix;
}

function compare(program: Program, helpers: Helpers, mix: Mix): void {
  const prepared = attempt(() => prepare(buildProgram(program)));
  if (prepared instanceof ModelError) return;
  const everything = { ...EVERYTHING, limits: { statesMax: STATES_MAX } };
  const reference = attempt(() => interpret(prepared, everything));
  if (reference instanceof ModelError) {
    mix.faulty++;
    expect(attempt(() => runCompiled(prepared, everything))).toBeInstanceOf(ModelError);
    return;
  }
  const { outcome } = reference;
  if (outcome.stopped !== undefined) {
    mix['too big']++;
    return;
  }
  mix.compared++;
  if (outcome.violations.length > 0) mix.violating++;
  if (outcome.states > 500) mix['over 500 states']++;
  for (const keepGoing of [true, false]) {
    const options = { ...everything, keepGoing };
    const expected = keepGoing ? reference : interpret(prepared, options);
    for (const crew of [{}, { crew: helpers.ends }]) {
      const found = runCompiled(prepared, { ...options, ...crew });
      expect(comparable(found.outcome)).toEqual(comparable(expected.outcome));
      expect(found.states).toEqual(expected.states);
    }
    const renamed = runCompiled(prepared, { ...options, symmetry: 'verified' });
    if (renamed.outcome.symmetric === undefined) {
      expect(comparable(renamed.outcome)).toEqual(comparable(expected.outcome));
      continue;
    }
    mix.symmetric++;
    expect(schedules(renamed.outcome)).toEqual(schedules(expected.outcome));
    expect(renamed.outcome.states).toBeLessThanOrEqual(expected.outcome.states);
  }
}

function attempt<T>(act: () => T): T | ModelError {
  try {
    return act();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}

/** For tests: compares the engines on a model: one and two workers, with symmetry and without. */
export function compareEngines(
  model: Model,
  scope: Scope,
  helpers: Helpers,
  keepGoing = false,
): ScopeResult {
  const check = (engine: EngineName, symmetry: SymmetryUse) =>
    checkScope(model, scope, { engine, symmetry, keepGoing, limits: {} });
  const reference = check('interpreter', 'off');
  expect(checked(check('compiled', 'off'))).toEqual(checked(reference));
  expect(decided(check('compiled', 'verified'))).toEqual(decided(reference));

  const prepared = prepare(buildSystem(model, scope));
  const options = { ...EVERYTHING, keepGoing };
  const run = (chosen: EngineOptions) => new CompiledRun(prepared, chosen, TINY).run();
  const alone = run(options);
  const violations = reference.claims.flatMap(({ id, counterexample }) =>
    counterexample === undefined
      ? []
      : [{ claim: id, because: '', schedule: counterexample.steps.map(({ move }) => move) }],
  );
  expect(schedules(alone)).toEqual(schedules({ violations }));
  const together = { ...options, crew: helpers.ends };
  expect(comparable(run(together))).toEqual(comparable(alone));
  const renamed = run({ ...together, symmetry: 'verified' });
  expect(schedules(renamed)).toEqual(schedules(alone));
  return reference;
}

/** What a check says of each claim, whatever it counts. */
function decided({ verdict, claims }: ScopeResult) {
  const said = claims.map(({ id, verdict, counterexample }) => [id, verdict, counterexample]);
  return { verdict, claims: said };
}

function checked(result: ScopeResult) {
  const { states, transitions, depth, claims } = result;
  const premises = claims.map(({ premise }) => premise);
  return { ...decided(result), states, transitions, depth, premises };
}
