import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ASSERTIONS, DEADLOCK } from '../language/claim.ts';
import { buildSystem } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import type { System } from '../language/system.ts';
import { showValue } from '../language/value.ts';
import { momentsOf } from '../page/moments.ts';
import { buildProgram } from '../random-program/build-program.ts';
import { programArbitrary } from '../random-program/program-arbitrary.ts';
import lostUpdate from '../report/fixtures/lost-update.ts';
import { Machine, type MachineState, stateKey, type Transition } from './machine.ts';
import { actionText } from './operation-text.ts';
import { record } from './recording.ts';
import { replay } from './replay.ts';

const STEPS_MAX = 30;

describe('record', () => {
  test('keeps every state of a run of a random program', () => {
    let [longest, breaking] = [0, 0];
    const picks = fc.array(fc.nat(), { minLength: STEPS_MAX, maxLength: STEPS_MAX });
    fc.assert(
      fc.property(programArbitrary, picks, (program, numbers) => {
        const system = buildProgram(program);
        const machine = new Machine(system);
        const walked = attempt(() => walk(machine, numbers));
        fc.pre(walked !== undefined);
        const moves = walked!.steps.map(({ move }) => move);
        const { recording, state } = record(machine, moves);
        expect(stateKey(state)).toBe(stateKey(walked!.states.at(-1)!));
        expect(momentsOf(recording).map(({ values }) => values)).toEqual(
          walked!.states.map(({ values }) => texts(machine, values)),
        );
        expect(momentsOf(recording).map(({ waiting }) => waiting)).toEqual(
          walked!.states.map((state) => waitingIn(machine, state)),
        );
        expect(momentsOf(recording).map(({ threads }) => threads.map((one) => one.action))).toEqual(
          walked!.states.map(({ places }) =>
            places.map(({ operation }) => operation && actionText(operation)),
          ),
        );
        for (const claim of ids(system)) {
          const at = momentsOf(recording).findIndex(({ broken }) =>
            broken.some((one) => one.claim === claim),
          );
          const replayed = replay(system, claim, moves);
          if (at < 0) expect(replayed.result).toBe('fixed');
          else expect([replayed.result, replayed.steps.length]).toEqual(['reproduced', at]);
          if (at >= 0) breaking++;
        }
        longest = Math.max(longest, recording.steps.length);
      }),
      { seed: 6, numRuns: 80 },
    );
    expect(longest).toBeGreaterThan(10);
    expect(breaking).toBeGreaterThan(10);
  });

  test('says which step of a schedule is impossible', () => {
    const machine = new Machine(buildSystem(lostUpdate, { threads: 1, variant: 'racy' }));
    const move = { thread: 0, choices: [] };
    expect(record(machine, [move, move, move]).recording.steps).toHaveLength(3);
    expect(() => record(machine, [move, move, move, move])).toThrow(
      'step 4 of the schedule is impossible for thread 0',
    );
  });
});

function ids({ claims }: System): string[] {
  return [...claims.map(({ id }) => id), ASSERTIONS, DEADLOCK];
}

/** The states on the way, the first one included, and the steps between them. */
function walk(machine: Machine, picks: readonly number[]) {
  const steps: Transition[] = [];
  const states: MachineState[] = [machine.initial().state];
  for (const pick of picks) {
    const state = states.at(-1)!;
    const possible = machine.successors(state);
    if (possible.length === 0) break;
    const step = possible[pick % possible.length]!;
    steps.push(step);
    states.push(step.after ?? state);
    if (step.after === undefined) break;
  }
  return { steps, states };
}

function waitingIn(machine: Machine, state: MachineState): number[] {
  return machine.runners.flatMap((_, thread) => {
    const isBusy = state.places[thread]!.operation !== undefined;
    return isBusy && machine.stepsOf(state, thread).length === 0 ? [thread] : [];
  });
}

function texts({ system }: Machine, values: readonly number[]): string[] {
  return system.shared.variables.map(({ domain }, i) => showValue(domain[values[i]!]));
}

/** Nothing for a program that is at fault on this walk. */
function attempt<R>(run: () => R): R | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}
