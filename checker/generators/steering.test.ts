import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildSystem } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import { buildProgram } from '../random-program/build-program.ts';
import { programArbitrary } from '../random-program/program-arbitrary.ts';
import lostUpdate from '../report/fixtures/lost-update.ts';
import { explore } from '../search/explore.ts';
import { Machine } from './machine.ts';
import { record } from './recording.ts';
import { optionsIn, wayTo } from './steering.ts';
import { EVERYTHING } from './tiny-system.ts';

const STATES_MAX = 3_000;

describe('wayTo', () => {
  test('is as long as the schedule that the search finds, on random programs', () => {
    let compared = 0;
    fc.assert(
      fc.property(programArbitrary, (program) => {
        const system = buildProgram(program);
        try {
          const { violations } = explore(system, { ...EVERYTHING, limits: { statesMax: 1_000 } });
          const machine = new Machine(system);
          const { state } = machine.initial();
          for (const { claim, schedule } of violations.filter((one) => one.schedule.length > 0)) {
            const way = wayTo(machine, state, { kind: 'broken', claim }, STATES_MAX);
            if (way === undefined) continue;
            expect(way).toHaveLength(schedule.length);
            const { recording } = record(machine, way);
            expect(recording.steps.at(-1)!.broken.map((one) => one.claim)).toContain(claim);
            compared++;
          }
        } catch (error) {
          if (!(error instanceof ModelError)) throw error;
        }
      }),
      { seed: 8, numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(20);
  });

  test('leads to a value, and to a label that is next', () => {
    const { machine, state } = counters();
    const two = wayTo(
      machine,
      state,
      { kind: 'value', variable: 'counter', value: '2' },
      STATES_MAX,
    );
    // L1, L2, L3 of one thread are not all needed: L1 L2 of one, then of the other.
    expect(two).toHaveLength(4);
    const third = wayTo(machine, state, { kind: 'label', label: 'L3' }, STATES_MAX);
    expect(third).toHaveLength(2);
  });

  test('is none where nothing leads there, or too many states lie before it', () => {
    const { machine, state } = counters();
    const goal = { kind: 'value', variable: 'counter', value: '2' } as const;
    expect(wayTo(machine, state, { ...goal, value: '3' }, STATES_MAX)).toBeUndefined();
    expect(wayTo(machine, state, goal, 4)).toBeUndefined();
  });
});

test('optionsIn says what each thread would do and get', () => {
  const { machine, state } = counters();
  expect(optionsIn(machine, state)).toEqual([
    { move: { thread: 0, choices: [] }, does: 'L1: read counter → 0' },
    { move: { thread: 1, choices: [] }, does: 'L1: read counter → 0' },
  ]);
});

function counters() {
  const machine = new Machine(buildSystem(lostUpdate, { threads: 2, variant: 'racy' }));
  return { machine, state: machine.initial().state };
}
