import { expect, test } from 'vitest';
import { runCheck } from '../checker/check/check.ts';
import { decodeSchedule } from '../checker/check/schedule.ts';
import type { Limits } from '../checker/engine/engine.ts';
import { replay } from '../checker/generators/replay.ts';
import { buildSystem } from '../checker/language/model.ts';
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

test('says what it could not prove within the limits, and shows what was found', () => {
  const { shrunk, steps } = shrunkOf(23, 'P3', { vcpus: 2, ops: 2 }, { statesMax: 20_000 });
  expect(shrunk!.unproved).toContain('steps');
  expect(steps).toHaveLength(shrunk!.from.steps);
});
