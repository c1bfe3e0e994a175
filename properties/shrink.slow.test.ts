import { expect, test } from 'vitest';
import { runCheck } from '../checker/check/check.ts';
import { decodeSchedule } from '../checker/check/schedule.ts';
import type { Limits } from '../checker/engine/engine.ts';
import { replay } from '../checker/generators/replay.ts';
import { buildSystem } from '../checker/language/model.ts';
import type { SimulationOptions } from '../checker/simulation/simulate.ts';
import { mutations } from '../model/mutations/index.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import kvm from './index.ts';

/** The counterexample of a mutation to a claim, shrunk. */
function shrunkOf(number: number, claim: string, given: Partial<KvmScope>, limits: Limits = {}) {
  const { name, needs } = mutations.find((mutation) => mutation.number === number)!;
  const scope = complete_scope({ ...needs, ...given, mutate: name });
  const only = [claim];
  const options = { engine: 'compiled', only, limits, keepGoing: false, shrink: true } as const;
  const { claims } = runCheck(kvm, [scope], options);
  return claims.find(({ id }) => id === claim)!.counterexample!;
}

test.each<[number, string, Partial<KvmScope>, object]>([
  // One vCPU and an allocation that fails are enough, though two of them are faster.
  [1, 'P4', { vcpus: 2, ops: 2 }, { vcpus: 1, failures: 1, guest: 2, threadSwitches: 0 }],
  [16, 'T5', { vcpus: 3, ops: 1 }, { vcpus: 2, failures: 0, guest: 2, threadSwitches: 1 }],
  [16, 'T5', { vcpus: 2, ops: 3 }, { vcpus: 1, failures: 0, guest: 2, threadSwitches: 0 }],
  [23, 'P3', { vcpus: 3, ops: 1 }, { vcpus: 2, failures: 0, guest: 2, threadSwitches: 2 }],
  [43, 'P9', { vcpus: 2, ops: 2 }, { vcpus: 1, failures: 1, guest: 1, threadSwitches: 1 }],
])('mutation %i, %s in %o takes %o', (number, claim, given, expected) => {
  const { shrunk, threadSwitches, schedule } = shrunkOf(number, claim, given);
  const [vcpus, failures, guest] = shrunk!.counts.map(({ count }) => count);
  expect({ vcpus, failures, guest, threadSwitches }).toEqual(expected);
  expect(shrunk!.unproved).toEqual([]);
  const { scope, moves } = decodeSchedule(schedule, kvm);
  expect(scope.vcpus).toBe(vcpus);
  expect(replay(buildSystem(kvm, scope as KvmScope), claim, moves)).toMatchObject({
    result: 'reproduced',
  });
});

test('a walk by chance of over 100 steps of 4 vCPUs takes no more than the proved minimum', () => {
  const { name } = mutations.find(({ number }) => number === 23)!;
  const scope = complete_scope({
    ...{ vcpus: 4, ops: 3, regions: 2, host: ['zap', 'prefault'], mutate: name },
  });
  const walks = { scheduler: 'random', seed: '3', walks: 10, stepsMax: 1_000, changePoints: 0 };
  const { claims } = runCheck(kvm, [scope], {
    ...{ engine: 'compiled', only: ['P3'], limits: {}, keepGoing: false, shrink: true },
    simulation: walks as SimulationOptions,
  });
  const walked = claims.find(({ id }) => id === 'P3')!.counterexample!;
  const { from, counts, unproved } = walked.shrunk!;
  expect(from.scope).toEqual(scope);
  expect(from.steps).toBeGreaterThan(100);
  expect(unproved).toEqual([]);
  // The same as what shrinking makes of a search through a small scope.
  const searched = shrunkOf(23, 'P3', { vcpus: 2, ops: 1, regions: 1 });
  expect(searched.shrunk!.unproved).toEqual([]);
  expect(counts).toEqual(searched.shrunk!.counts);
  expect(walked.threadSwitches).toBe(searched.threadSwitches);
  expect(walked.steps).toHaveLength(searched.steps.length);
  // And nothing shorter is found by the search for what is shortest.
  const plain = { engine: 'compiled', only: ['P3'], limits: {}, keepGoing: false } as const;
  const shortest = runCheck(kvm, [walked.scope], plain);
  const found = shortest.claims.find(({ id }) => id === 'P3')!.counterexample!;
  expect(walked.steps).toHaveLength(found.steps.length);
});

test.each(['L1', 'L2'])('the livelock of the baseline takes one vCPU: %s', (claim) => {
  const scope = complete_scope({
    ...{ vcpus: 2, ops: 2, regions: 1, host: ['prefault'], variant: 'baseline' },
  });
  const { claims } = runCheck(kvm, [], {
    ...{ engine: 'compiled', only: [claim], limits: {}, keepGoing: false, shrink: true },
    livenessScopes: [scope],
  });
  const { shrunk, steps, loop, schedule } = claims.find(({ id }) => id === claim)!.counterexample!;
  expect(shrunk).toMatchObject({
    from: { scope },
    counts: [{ name: 'vCPUs', count: 1 }],
    simplest: { host: [], inject: [], ops: 1, guest: [], regions: 1, fanout: 2 },
    unproved: [],
  });
  expect([steps.length, loop!.steps.length, loop!.isShortest]).toEqual([9, 7, true]);
  const decoded = decodeSchedule(schedule, kvm);
  const system = buildSystem(kvm, decoded.scope as KvmScope);
  const again = replay(system, claim, decoded.moves, decoded.loop);
  expect(again.result).toBe('reproduced');
});

test('says what it could not prove within the limits, and shows what was found', () => {
  const { shrunk, steps } = shrunkOf(23, 'P3', { vcpus: 2, ops: 2 }, { statesMax: 20_000 });
  expect(shrunk!.unproved).toContain('steps');
  expect(steps).toHaveLength(shrunk!.from.steps);
});
