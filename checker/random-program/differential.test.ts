import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EngineOptions, Move, Outcome } from '../engine/engine.ts';
import { Machine, type MachineState } from '../generators/machine.ts';
import { naive } from '../generators/naive.ts';
import type { Place } from '../generators/place.ts';
import { replay } from '../generators/replay.ts';
import { DEADLOCK } from '../language/claim.ts';
import { ModelError } from '../language/model-error.ts';
import type { System } from '../language/system.ts';
import { type Prepared, prepare, Search } from '../search/explore.ts';
import { buildProgram } from './build-program.ts';
import { mapPlaces } from './place-map.ts';
import type { Program } from './program.ts';
import { programArbitrary } from './program-arbitrary.ts';
import { type Survey, survey } from './survey.ts';

const SEED = 2_001;
const RUNS = 1_200;
/** Bigger spaces are left out, and counted. */
const STATES_MAX = 4_000;
const NAIVE_STATES_MAX = 8_000;
/** So many histories may a thread have. */
const PLACES_MAX = 1_500;

const EVERYTHING: EngineOptions = {
  limits: { statesMax: NAIVE_STATES_MAX },
  keepGoing: true,
  onProgress: () => 'continue',
};

/** How many programs were what. */
class Mix {
  readonly counts = new Map<string, number>();

  count(...names: readonly string[]): void {
    for (const name of names) this.counts.set(name, this.of(name) + 1);
  }

  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  shareOf(name: string): number {
    return this.of(name) / this.of('compared');
  }
}

const OPERATIONS = [
  ...['read', 'parity', 'update', 'fetchUpdate', 'write', 'compareExchange', 'modify', 'wait'],
  ...['test', 'await', 'fill', 'choose', 'call', 'quietCall', 'loop', 'hold', 'drop', 'atomic'],
  ...['ghost', 'during', 'assert', 'branch', 'if', 'mutex', 'rw'],
  ...['invariant', 'step', 'return', 'position', 'terms', 'differ', 'inside', 'free'],
];

test(`the packed search agrees with the generators on random programs (seed ${SEED})`, () => {
  const mix = new Mix();
  fc.assert(
    fc.property(programArbitrary, (program) => compare(program, mix)),
    { seed: SEED, numRuns: RUNS },
  );
  console.info(`random programs, seed ${SEED}:`, Object.fromEntries(mix.counts));

  expect(mix.of('compared')).toBeGreaterThanOrEqual(1_000);
  expect(mix.shareOf('over 500 states')).toBeGreaterThan(0.1);
  expect(mix.shareOf('violating')).toBeGreaterThan(0.25);
  expect(mix.shareOf('deadlocking')).toBeGreaterThan(0.2);
  expect(mix.shareOf('neither')).toBeGreaterThan(0.2);
  expect(mix.of('faulty')).toBeGreaterThan(0);
  expect(mix.of('faulty') / RUNS).toBeLessThan(0.02);
  for (const operation of OPERATIONS)
    expect([operation, mix.shareOf(operation) > 0.02]).toEqual([operation, true]);
}, 300_000);

function compare(program: Program, mix: Mix): void {
  const system = buildProgram(program);
  const packed = attempt(() => packedSearch(system));
  if (packed instanceof ModelError) {
    mix.count(/does not close/.test(packed.message) ? 'too wide' : 'faulty');
    compareErrors(system, packed);
    return;
  }
  const { prepared, search, outcome } = packed;
  const machine = new Machine(system);
  const imageOf = outcome.states > STATES_MAX ? undefined : imagesOf(machine, prepared);
  const reference = imageOf && naive(system, EVERYTHING);
  if (imageOf === undefined || reference === undefined || reference.stopped !== undefined) {
    mix.count('too big');
    return;
  }
  expect(lengthsOf(outcome)).toEqual(lengthsOf(reference));
  expect(metPremises(outcome)).toEqual(metPremises(reference));
  compareReplays(system, outcome);
  compareReplays(system, reference);
  compareSpaces(survey(machine, imageOf), prepared, search, outcome);
  compareFirstLevel(system, prepared, outcome);
  countInto(mix, program, outcome);
}

function packedSearch(system: System) {
  const prepared = prepare(system);
  const search = new Search(prepared, EVERYTHING);
  return { prepared, search, outcome: search.run() };
}

/** Every reachable state, its place in the other engine, and the best schedules, by brute force. */
function compareSpaces(
  surveyed: Survey,
  prepared: Prepared,
  search: Search,
  packed: Outcome,
): void {
  expect(packedImages(prepared, search)).toEqual(surveyed.images);
  expect(packed.states).toBe(surveyed.images.size);
  expect(packed.transitions).toBe(surveyed.transitions);
  expect(packed.coverage).toEqual(surveyed.coverage);
  expect(premisesOf(packed)).toEqual(new Map([...surveyed.premises].sort()));
  expect(shortestOf(packed)).toEqual(new Map([...surveyed.violations].sort()));
}

/**
 * A state as text: the values of the variables that the search keeps, and nodes for places. Nothing
 * if a thread has too many places.
 */
function imagesOf(
  machine: Machine,
  { compiled, layout }: Prepared,
): ((state: MachineState) => string) | undefined {
  const { claims } = machine.system;
  const kept = {
    ghosts: compiled.ghosts,
    marks: claims.some(({ kind }) => kind === 'position'),
    callees: new Set(
      claims.flatMap((claim) => (claim.kind === 'return' ? [claim.callee.identity] : [])),
    ),
  };
  const nodes = machine.runners.map((runner, thread) => {
    const automaton = compiled.automata[thread];
    if (automaton === undefined) throw new Error(`thread ${thread} has no automaton`);
    return mapPlaces(runner, automaton, kept, PLACES_MAX);
  });
  if (nodes.includes(undefined)) return undefined;
  const slots = layout.variables.map((variable) => machine.layout.get(variable) as number);
  const nodeOf = (place: Place, thread: number) => {
    const node = nodes[thread]?.get(place);
    if (node === undefined) throw new Error('a reachable place has no node');
    return node;
  };
  return ({ values, places }) => `${slots.map((slot) => values[slot])}|${places.map(nodeOf)}`;
}

function packedImages({ layout }: Prepared, { store }: Search): ReadonlySet<string> {
  const { wordCount, variableFields, threadFields } = layout;
  const images = new Set<string>();
  for (const { log, count } of store.slices) {
    for (let at = 0; at < count * wordCount; at += wordCount) {
      const read = ({ word, shift, mask }: (typeof variableFields)[number]) =>
        ((log[at + word] as number) >>> shift) & mask;
      images.add(`${variableFields.map(read)}|${threadFields.map(read)}`);
    }
  }
  return images;
}

/** A search that does not keep going ends with the first level that shows something. */
function compareFirstLevel(system: System, prepared: Prepared, all: Outcome): void {
  // A deadlock shows when its state is expanded, which is when the next level is found.
  const phase = (claim: string, length: number) => (claim === DEADLOCK ? length + 1 : length);
  const found = lengthsOf(all);
  const first = Math.min(...found.map(([claim, length]) => phase(claim, length)));
  const expected = found.filter(([claim, length]) => phase(claim, length) === first);
  const options = { ...EVERYTHING, keepGoing: false };
  expect(lengthsOf(new Search(prepared, options).run())).toEqual(expected);
  expect(lengthsOf(naive(system, options))).toEqual(expected);
}

function compareErrors(system: System, packed: ModelError): void {
  // A bound of the compiler, which the generators do not have.
  if (/does not close/.test(packed.message)) return;
  const reference = attempt(() => naive(system, EVERYTHING));
  if (!(reference instanceof ModelError)) throw packed;
  const kind = ({ message }: ModelError) =>
    /leaves? its domain/.test(message) ? 'leaves its domain' : message;
  expect(kind(reference)).toBe(kind(packed));
}

function compareReplays(system: System, { violations }: Outcome): void {
  for (const { claim, schedule } of violations) {
    const { result, steps } = replay(system, claim, schedule);
    expect([claim, result, steps.length]).toEqual([claim, 'reproduced', schedule.length]);
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

function lengthsOf({ violations }: Outcome): (readonly [claim: string, length: number])[] {
  return violations
    .map(({ claim, schedule }) => [claim, schedule.length] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

function shortestOf({ violations }: Outcome): Survey['violations'] {
  const shortest = violations.map(
    ({ claim, schedule }) =>
      [claim, { length: schedule.length, switches: switchesIn(schedule) }] as const,
  );
  return new Map(shortest.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function switchesIn(schedule: readonly Move[]): number {
  return schedule.filter(({ thread }, i) => i > 0 && thread !== schedule[i - 1]?.thread).length;
}

/** For each claim whose premise was met at least once, how often. */
function premisesOf({ premises }: Outcome): Survey['premises'] {
  return new Map([...premises].filter(([, count]) => count > 0).sort());
}

/** The claims whose premise was met at least once; assertions count where they are named. */
function metPremises({ premises }: Outcome): readonly string[] {
  return [...premises]
    .filter(([claim, count]) => count > 0 && claim !== DEADLOCK)
    .map(([claim]) => claim)
    .sort();
}

function countInto(mix: Mix, program: Program, { states, violations }: Outcome): void {
  mix.count('compared');
  if (states > 500) mix.count('over 500 states');
  const deadlock = violations.some(({ claim }) => claim === DEADLOCK);
  if (deadlock) mix.count('deadlocking');
  if (violations.length > (deadlock ? 1 : 0)) mix.count('violating');
  if (violations.length === 0) mix.count('neither');
  const { locks, ...rest } = program;
  const kinds = [...JSON.stringify(rest).matchAll(/"kind":"(\w+)"/g)].map(([, kind]) => kind ?? '');
  mix.count(...new Set([...kinds, ...locks]));
}
