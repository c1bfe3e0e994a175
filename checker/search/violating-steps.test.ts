import { expect, test } from 'vitest';
import { judgeState, judgeTransition } from '../generators/judge.ts';
import { Machine, type MachineState, stateKey } from '../generators/machine.ts';
import { replay } from '../generators/replay.ts';
import { buildSystem, completeScope, type Model } from '../language/model.ts';
import lostUpdate from '../report/fixtures/lost-update.ts';
import relay from '../report/fixtures/relay.ts';
import { prepare } from './explore.ts';
import { violatingSteps } from './violating-steps.ts';

const NO_LIMIT = { statesMax: Number.POSITIVE_INFINITY, shallStop: () => false };

/** The same count by running the generators: states by their whole histories, no automata. */
function countSlowly(machine: Machine, claim: string): number {
  const fails = (findings: readonly { claim: string; because?: string | undefined }[]) =>
    findings.some((one) => one.claim === claim && one.because !== undefined);
  const { state: initial } = machine.initial();
  const seen = new Map<string, MachineState>([[stateKey(initial), initial]]);
  let count = 0;
  for (const state of seen.values()) {
    for (const step of machine.successors(state)) {
      const { after } = step;
      const findings = judgeTransition(machine, state, step);
      if (fails(findings) || (after !== undefined && fails(judgeState(machine, after)))) count++;
      else if (after !== undefined) seen.set(stateKey(after), after);
    }
  }
  return count;
}

test.each<[string, Model, object, string]>([
  ['an invariant, by a race', lostUpdate as unknown as Model, { threads: 2 }, 'kept'],
  ['an invariant of three threads', lostUpdate as unknown as Model, { threads: 3 }, 'kept'],
  ['a claim about steps', lostUpdate as unknown as Model, { threads: 3 }, 'grows'],
  ['an invariant without a race', relay as unknown as Model, { threads: 2 }, 'short'],
])('counts what violates first as the generators do: %s', (_, model, given, claim) => {
  const system = buildSystem(model, completeScope(model.parameters, given));
  const found = violatingSteps(prepare(system), claim, NO_LIMIT)!;
  const total = found.reduce((sum, { transitions }) => sum + transitions, 0);
  expect(total).toBeGreaterThan(0);
  expect(total).toBe(countSlowly(new Machine(system), claim));
  for (const { moves } of found) {
    const answer = replay(system, claim, moves);
    expect(answer.result).toBe('reproduced');
    expect(answer.steps).toHaveLength(moves.length);
  }
  const lengths = found.map(({ moves }) => moves.length);
  expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
});

test('finds nothing where the claim holds, and does not guess where a limit comes first', () => {
  const scope = completeScope(lostUpdate.parameters, { variant: 'atomic' });
  const prepared = prepare(buildSystem(lostUpdate as unknown as Model, scope));
  expect(violatingSteps(prepared, 'kept', NO_LIMIT)).toEqual([]);
  expect(violatingSteps(prepared, 'kept', { ...NO_LIMIT, statesMax: 2 })).toBeUndefined();
  expect(violatingSteps(prepared, 'kept', { ...NO_LIMIT, shallStop: () => true })).toBeUndefined();
});
