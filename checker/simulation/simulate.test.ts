import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runCheck } from '../check/check.ts';
import { decodeSchedule } from '../check/schedule.ts';
import type { EngineOptions } from '../engine/engine.ts';
import { replay } from '../generators/replay.ts';
import { buildSystem } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import type { System } from '../language/system.ts';
import { buildProgram } from '../random-program/build-program.ts';
import { programArbitrary } from '../random-program/program-arbitrary.ts';
import lostUpdate from '../report/fixtures/lost-update.ts';
import { explore } from '../search/explore.ts';
import { SCHEDULER_NAMES, type SimulationOptions, simulation } from './simulate.ts';

const WALKS: SimulationOptions = {
  scheduler: 'pct',
  seed: 'a seed',
  walks: 200,
  stepsMax: 1_000,
  changePoints: 1,
};
const OPTIONS: EngineOptions = { limits: {}, keepGoing: false, onProgress: () => 'continue' };
const both = SCHEDULER_NAMES.map((scheduler) => [scheduler, { ...WALKS, scheduler }] as const);

function counter(variant: string, threads = 2): System {
  return buildSystem(lostUpdate, { threads, variant } as never);
}

describe.each(both)('%s', (_, walks) => {
  test('finds the lost update, by a schedule that the generators confirm', () => {
    const system = counter('racy');
    const [found] = simulation(walks)(system, OPTIONS).violations;
    expect(found?.claim).toBe('kept');
    expect(replay(system, 'kept', found!.schedule)).toMatchObject({ result: 'reproduced' });
  });

  test('never says that a space is exhausted', () => {
    const outcome = simulation(walks)(counter('atomic'), OPTIONS);
    expect(outcome).toMatchObject({ exhausted: false, violations: [], walks: { taken: 200 } });
  });

  test('does the same for the same seed, and something else for another', () => {
    const run = (seed: string) =>
      simulation({ ...walks, seed, walks: 5 })(counter('racy', 3), { ...OPTIONS, keepGoing: true });
    expect(run('one')).toEqual(run('one'));
    const outcomes = ['one', 'two', 'three', 'four'].map((seed) => JSON.stringify(run(seed)));
    expect(new Set(outcomes).size).toBeGreaterThan(1);
  });

  test('what it finds in random programs is there, and is no shorter than the shortest', () => {
    let found = 0;
    let missed = 0;
    fc.assert(
      fc.property(programArbitrary, (program) => {
        const system = buildProgram(program);
        const searched = attempt(() =>
          explore(system, { ...OPTIONS, keepGoing: true, limits: { statesMax: 4_000 } }),
        );
        if (searched === undefined || searched.stopped !== undefined) return;
        const options = { ...OPTIONS, keepGoing: true };
        const walked = simulation({ ...walks, walks: 50, stepsMax: 60 })(system, options);
        for (const { claim, schedule } of walked.violations) {
          const shortest = searched.violations.find((violation) => violation.claim === claim);
          expect(schedule.length).toBeGreaterThanOrEqual(shortest!.schedule.length);
          const replayed = replay(system, claim, schedule);
          expect(replayed.result).toBe('reproduced');
          expect(replayed.steps).toHaveLength(schedule.length);
          found++;
        }
        missed += searched.violations.length - walked.violations.length;
      }),
      { seed: 4_711, numRuns: 60 },
    );
    expect(found).toBeGreaterThan(20);
    expect(missed).toBeLessThan(found / 4);
  });
});

function attempt<R>(run: () => R): R | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

test('a walk that does not end is cut, and counted', () => {
  const outcome = simulation({ ...WALKS, stepsMax: 2 })(counter('atomic'), OPTIONS);
  expect(outcome).toMatchObject({ depth: 2, walks: { taken: 200, cut: 200 } });
});

test('a check by walks is BOUNDED, or VIOLATED with a schedule that was replayed', () => {
  const options = { engine: 'compiled', limits: {}, keepGoing: false, simulation: WALKS } as const;
  const check = (variant: string) =>
    runCheck(lostUpdate as never, [{ threads: 2, variant }], options);
  const bounded = check('atomic');
  expect([bounded.engine, bounded.verdict]).toEqual(['simulation', 'BOUNDED']);
  expect(bounded.claims.map(({ verdict }) => verdict)).not.toContain('HOLDS');

  const violated = check('racy');
  expect(violated.verdict).toBe('VIOLATED');
  const { counterexample } = violated.claims.find(({ id }) => id === 'kept')!;
  expect(decodeSchedule(counterexample!.schedule, lostUpdate as never).moves).toHaveLength(
    counterexample!.steps.length,
  );
});

test('limits and interrupts end it', () => {
  const endless = { ...WALKS, walks: 1_000_000 };
  const run = (limits: EngineOptions['limits']) =>
    simulation(endless)(counter('atomic'), { ...OPTIONS, limits }).stopped;
  expect(run({ statesMax: 1 })).toBe('states');
  expect(run({ durationMsMax: 0 })).toBe('time');
  const interrupt = { ...OPTIONS, onProgress: () => 'interrupt' as const };
  expect(simulation(endless)(counter('atomic'), interrupt).stopped).toBe('interrupt');
});
