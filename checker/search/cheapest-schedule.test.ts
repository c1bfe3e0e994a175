import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeState, judgeTransition } from '../generators/judge.ts';
import {
  Machine,
  type MachineState,
  stateKey,
  type Transition,
  unfinished,
} from '../generators/machine.ts';
import { replay } from '../generators/replay.ts';
import { EVERYTHING } from '../generators/tiny-system.ts';
import { DEADLOCK } from '../language/claim.ts';
import { ModelError } from '../language/model-error.ts';
import type { OperationKind } from '../language/shrinking.ts';
import type { System } from '../language/system.ts';
import { buildProgram } from '../random-program/build-program.ts';
import { programArbitrary } from '../random-program/program-arbitrary.ts';
import { cheapestSchedule } from './cheapest-schedule.ts';
import { prepare, Search } from './explore.ts';

const STATES_MAX = 1_500;

/** Two kinds, by choices and by one variable, so that they are often at odds with each other. */
function kindsOf({ shared }: System): OperationKind[] {
  const number = shared.variables.find(({ domain }) => domain.every(Number.isInteger))?.name;
  return [
    { name: 'spendings', begins: () => false, spends: number === undefined ? [] : [number] },
    { name: 'picks', begins: (option) => Number(option) % 2 === 1, spends: [] },
  ];
}

test('finds a schedule as cheap as an obvious twin does, on random programs', () => {
  let compared = 0;
  let differing = 0;
  fc.assert(
    fc.property(programArbitrary, (program) => {
      const system = buildProgram(program);
      const limits = { statesMax: STATES_MAX };
      let prepared: ReturnType<typeof prepare>;
      let outcome: ReturnType<Search['run']>;
      try {
        prepared = prepare(system);
        outcome = new Search(prepared, { ...EVERYTHING, limits }).run();
      } catch (error) {
        if (error instanceof ModelError) return;
        throw error;
      }
      if (outcome.stopped !== undefined) return;
      for (const { claim, schedule } of outcome.violations) {
        const kinds = kindsOf(system);
        const options = { kinds, limits: {}, shallStop: () => false };
        const found = cheapestSchedule(prepared, claim, options);
        if (found.found !== 'schedule') throw new Error(`${claim}: ${found.found}`);
        const { operations, threadSwitches, steps } = found.cost;
        const cost = [...operations, threadSwitches, steps];
        expect(cost).toEqual(twin(system, claim, kinds));
        expect(found.moves).toHaveLength(steps);
        expect(replay(system, claim, found.moves)).toMatchObject({ result: 'reproduced' });
        const operationsMax = operations;
        expect(cheapestSchedule(prepared, claim, { ...options, operationsMax })).toEqual(found);
        const last = operations.findLastIndex((count) => count > 0);
        if (last >= 0) {
          const less = operations.with(last, operations[last]! - 1);
          expect(cheapestSchedule(prepared, claim, { ...options, operationsMax: less })).toEqual({
            found: 'none',
          });
        }
        compared++;
        if (schedule.length < steps) differing++;
      }
    }),
    { seed: 7, numRuns: 250 },
  );
  expect(compared).toBeGreaterThan(60);
  // Cheapest is not shortest.
  expect(differing).toBeGreaterThan(3);
}, 120_000);

test('says that it does not know where a limit ends it', () => {
  const [program] = fc.sample(programArbitrary, { seed: 3, numRuns: 1 });
  const prepared = prepare(buildProgram(program!));
  const options = { kinds: [], limits: {}, shallStop: () => true };
  expect(cheapestSchedule(prepared, DEADLOCK, options)).toEqual({ found: 'unknown' });
});

/** Relaxes the costs of states and last movers, as the generators run, until nothing changes. */
function twin(system: System, claim: string, kinds: readonly OperationKind[]): number[] {
  const machine = new Machine(system);
  const { state: initial } = machine.initial();
  const costs = new Map<string, number[]>([[`${stateKey(initial)} -1`, [0, 0, 0, 0]]]);
  const waiting: [MachineState, number][] = [[initial, -1]];
  let best: number[] | undefined = fails(machine, initial, claim) ? [0, 0, 0, 0] : undefined;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [state, last] = next;
    const cost = costs.get(`${stateKey(state)} ${last}`)!;
    for (const step of machine.successors(state)) {
      const { thread } = step.move;
      const dearer = [
        cost[0]! + spent(machine, state, step, kinds[0]!),
        cost[1]! + Number(picks(step, kinds[1]!)),
        cost[2]! + Number(last >= 0 && last !== thread),
        cost[3]! + 1,
      ];
      if (violates(machine, state, step, claim)) {
        if (best === undefined || isLess(dearer, best)) best = dearer;
        continue;
      }
      if (step.after === undefined) continue;
      const key = `${stateKey(step.after)} ${thread}`;
      const known = costs.get(key);
      if (known !== undefined && !isLess(dearer, known)) continue;
      costs.set(key, dearer);
      waiting.unshift([step.after, thread]);
    }
  }
  if (best === undefined) throw new Error(`${claim} does not fail`);
  return best;
}

function isLess(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((cost, i) => cost !== other[i]);
  return at >= 0 && one[at]! < other[at]!;
}

function spent(machine: Machine, from: MachineState, step: Transition, kind: OperationKind) {
  return [...machine.layout]
    .filter(([{ name }]) => kind.spends.includes(name))
    .reduce(
      (sum, [, slot]) => sum + Math.max(0, from.values[slot]! - (step.after ?? from).values[slot]!),
      0,
    );
}

function picks({ performed }: Transition, kind: OperationKind): boolean {
  const [first] = performed;
  const isChoice = first?.place.operation?.action.kind === 'choose';
  return isChoice && kind.begins(first.effect?.result);
}

function violates(machine: Machine, from: MachineState, step: Transition, claim: string): boolean {
  const findings = judgeTransition(machine, from, step);
  if (findings.some((one) => one.claim === claim && one.because !== undefined)) return true;
  return step.after !== undefined && fails(machine, step.after, claim);
}

function fails(machine: Machine, state: MachineState, claim: string): boolean {
  if (claim === DEADLOCK) {
    return unfinished(machine, state).length > 0 && machine.successors(state).length === 0;
  }
  const findings = judgeState(machine, state);
  return findings.some((one) => one.claim === claim && one.because !== undefined);
}
