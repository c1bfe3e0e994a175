import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import mixedAccepts from '../../docs/examples/mixed-accepts.ts';
import { compileSearch } from '../codegen/compile-search.ts';
import { CHUNK_STATES_LOG2 } from '../codegen/memory-map.ts';
import type { EngineOptions, Progress } from '../engine/engine.ts';
import { replay } from '../generators/replay.ts';
import { EVERYTHING, tinySystem } from '../generators/tiny-system.ts';
import { onReturn } from '../language/claim.ts';
import { done, loop, next } from '../language/loop.ts';
import { buildSystem } from '../language/model.ts';
import { modelled } from '../language/modelled.ts';
import { Shared } from '../language/shared.ts';
import { prepare } from '../search/explore.ts';
import { comparable, helper, interpret, runCompiled, schedules, TINY } from './agreement.ts';
import type { Helpers } from './crew.ts';
import type { Tuning } from './tuning.ts';

/** Violates a claim after 15 steps, and has 35,672 states in 48 levels. */
const system = buildSystem(mixedAccepts, { vcpus: 3, top: '2M', accepts: 2, mistake: 'no-split' });
const prepared = prepare(system);
const reference = interpret(prepared);
const NO_SYMMETRY = { classes: [], reasons: [] };
const { heap } = compileSearch(prepared, NO_SYMMETRY, TINY);

/** States that are not there, or not at that level. */
function strangers(states: ReadonlySet<string>): readonly string[] {
  return [...states].filter((state) => !reference.states.has(state));
}

let helpers: Helpers;
beforeAll(async () => {
  helpers = await helper();
});
afterAll(() => helpers.end());

describe.each([1, 2])('with %i workers', (workers) => {
  const run = (options: Partial<EngineOptions>, tuning = TINY) => {
    const crew = workers === 1 ? {} : { crew: helpers.ends };
    return runCompiled(prepared, { ...EVERYTHING, ...options, ...crew }, tuning);
  };
  /** Interrupts once a search has got there. */
  const interruptAt = (isThere: (progress: Progress) => boolean) => ({
    onProgress: (progress: Progress) =>
      isThere(progress) ? ('interrupt' as const) : ('continue' as const),
  });

  test.each<[string, Partial<EngineOptions>]>([
    ['states', { limits: { statesMax: 30_000 } }],
    ['memory', { limits: { memoryBytesMax: 780_000 } }],
    ['time', { limits: { durationMsMax: 0 } }],
    ['interrupt', interruptAt(({ states }) => states > 20_000)],
    ['interrupt', interruptAt(({ depth }) => depth > 30)],
    ['interrupt', interruptAt(() => true)],
  ])('a search that was stopped by %s says so and is not exhausted', (stopped, options) => {
    const { outcome, states } = run(options);
    expect(outcome).toMatchObject({ stopped, exhausted: false, states: states.size });
    expect(outcome.states).toBeLessThan(reference.outcome.states);
    expect(strangers(states)).toEqual([]);
  });

  test('a violation that was found before a limit was reached is kept', () => {
    const { outcome } = run({ limits: { statesMax: 30_000 } });
    expect(schedules(outcome)).toEqual(schedules(reference.outcome));
    expect(outcome).toMatchObject({ stopped: 'states', exhausted: false });
  });

  test('a search that one memory is too small for goes on in others, and misses nothing', () => {
    const shardBytesMax = heap + 400_000;
    const { outcome, states } = run({}, { ...TINY, shardBytesMax });
    expect(outcome.memoryBytes).toBeGreaterThan(workers * shardBytesMax);
    expect(comparable(outcome)).toEqual(comparable(reference.outcome));
    expect(states).toEqual(reference.states);
  });

  test('a search whose memory is full is never exhausted and reports only what it has', () => {
    const rooms = Array.from({ length: 28 }, (_, i) => (i + 2) * 16_384);
    const stops = rooms.map((room) => {
      const { outcome, states } = run({}, { ...TINY, shardBytesMax: heap + room });
      expect(outcome.states).toBe(states.size);
      expect(outcome.exhausted).toBe(outcome.stopped === undefined);
      for (const { claim, schedule } of outcome.violations) {
        expect(replay(system, claim, schedule).result).toBe('reproduced');
        expect(schedule).toHaveLength(15);
      }
      if (outcome.exhausted) expect(comparable(outcome)).toEqual(comparable(reference.outcome));
      else expect(outcome.stopped).toBe('memory');
      expect(strangers(states)).toEqual([]);
      return [outcome.stopped, outcome.violations.length] as const;
    });
    // The sizes are wide enough apart to see all of it.
    expect(stops[0]).toEqual(['memory', 0]);
    expect(stops).toContainEqual(['memory', 1]);
    expect(stops.at(-1)).toEqual([undefined, 1]);
  });

  test('buffers that cannot grow end the search with what it has found', () => {
    const bufferStates = [8, 1 << 20] as const;
    const shardBytesMax = heap + 300_000;
    const { outcome, states } = run({}, { ...TINY, bufferStates, shardBytesMax });
    expect(outcome.states).toBe(states.size);
    expect(outcome).toMatchObject({ stopped: 'memory', exhausted: false });
  });
});

test('a chain of states that a worker has no room for has not ended', () => {
  const ROUND = 2_200;
  /** One partition for each worker, and one chunk for its states. */
  const partitionBits = 1;
  const partitionStates = 1 << CHUNK_STATES_LOG2;
  const found = Array.from({ length: 8 }, (_, salt) => {
    const shared = new Shared();
    shared.integer('salt', { min: 0, max: 7, initial: salt });
    const count = shared.integer('count', { min: 0, max: ROUND - 1 });
    const body = function* () {
      for (let round = 0; round < 2; round++) {
        yield* loop(null, function* () {
          const isLast = yield* count.fetchUpdate(
            (value) => (value + 1) % ROUND,
            (value) => value === ROUND - 1,
          );
          return isLast ? done(null) : next(null);
        });
      }
    };
    const chain = prepare(tinySystem(shared, [body]));
    const tuning: Tuning = { ...TINY, bufferStates: [8, 8], partitionBits };
    const { heap, map } = compileSearch(chain, NO_SYMMETRY, tuning);
    const shardBytesMax = heap + 3 * map.chunkBytes;
    const { outcome, states } = runCompiled(
      chain,
      { ...EVERYTHING, crew: helpers.ends },
      { ...tuning, shardBytesMax },
    );
    expect(outcome).toMatchObject({ stopped: 'memory', exhausted: false, states: states.size });
    return outcome.states;
  });
  expect(Math.max(...found)).toBeGreaterThan(partitionStates);
  expect(Math.max(...found)).toBeLessThanOrEqual(2 * partitionStates);
});

test('a memory without room for the first state judges nothing', () => {
  const shared = new Shared();
  const one = shared.integer('one', { min: 0, max: 1, initial: 1 });
  const atOnce = modelled('atOnce', function* () {});
  const claim = onReturn({ id: 'one', sentence: '' }, atOnce, function* () {
    return (yield* one.read()) === 1;
  });
  const body = function* () {
    yield* atOnce();
    yield* one.write(0);
  };
  const tiny = prepare(tinySystem(shared, [body], [claim]));
  expect(interpret(tiny).outcome.violations).toEqual([]);
  const compiled = compileSearch(tiny, NO_SYMMETRY, TINY);
  const shardBytesMax = compiled.heap + compiled.map.chunkBytes;
  const { outcome } = runCompiled(tiny, EVERYTHING, { ...TINY, shardBytesMax });
  expect(outcome).toMatchObject({ stopped: 'memory', states: 0, violations: [] });
});

test('where there is no room for anything there is no search', () => {
  expect(() => runCompiled(prepared, EVERYTHING, { ...TINY, shardBytesMax: heap })).toThrow(
    new RangeError('Array buffer allocation failed'),
  );
});
