import { describe, expect, test } from 'vitest';
import { checkLiveness, type Model } from '../checker/index.ts';
import { mutations } from '../model/mutations/index.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import model from './index.ts';

const OPTIONS = { engine: 'interpreter', limits: {}, keepGoing: true } as const;

/** The claims over infinite runs that fail, with the lengths of prefix and loop. */
function failing(given: Partial<KvmScope>): Record<string, readonly [number, number]> {
  const { claims } = checkLiveness(model as unknown as Model, complete_scope(given), OPTIONS);
  return Object.fromEntries(
    claims.flatMap(({ id, kind, counterexample: found }) =>
      kind !== 'liveness' || found?.loop === undefined
        ? []
        : [[id, [found.steps.length, found.loop.steps.length]]],
    ),
  );
}

function mutationNamed(number: number): string {
  return mutations.find((mutation) => mutation.number === number)!.name;
}

const ONE_VCPU = { vcpus: 1, ops: 2, regions: 1, host: [] } as const;

describe('a guest that may touch a page and then accept it at 4K', () => {
  test('exits for ever on the baseline, with one vCPU and nothing but the ACCEPT', () => {
    expect(failing({ ...ONE_VCPU, ops: 1, variant: 'baseline' })).toEqual({
      L1: [9, 7],
      L2: [9, 7],
    });
  });

  test('exits for ever on RFC v1, with one vCPU', () => {
    expect(failing({ ...ONE_VCPU, variant: 'rfc-v1' })).toEqual({ L1: [15, 12], L2: [15, 12] });
  });

  test('gets a result in the end on RFC v2', () => {
    expect(failing(ONE_VCPU)).toEqual({});
    expect(failing({ vcpus: 2, ops: 1, regions: 1, host: ['prefault'] })).toEqual({});
  });
});

describe('where memory stays short for ever once an allocation has failed', () => {
  const SHORT = ['enomem-for-ever'] as const;

  test.each(['rfc-v2', 'rfc-v2-posted', 'v3'])(
    '%s lets the guest exit for ever, and only there',
    (variant) => {
      expect(failing({ ...ONE_VCPU, variant, inject: SHORT })).toEqual({
        L1: [19, 9],
        L2: [19, 9],
      });
      expect(failing({ ...ONE_VCPU, variant, inject: ['enomem'] })).toEqual({});
    },
  );

  test.each(['rfc-v5', 'shared-lock'])('%s tells userspace, which may give up', (variant) => {
    expect(failing({ ...ONE_VCPU, variant, inject: SHORT })).toEqual({});
  });
});

describe('a client of RFC v1', () => {
  const client = (scenario: string) =>
    failing({ vcpus: 2, ops: 2, regions: 1, host: [], scenario, variant: 'rfc-v1' });

  test('that always accepts at 2M gets results', () => {
    expect(client('accept-2m-only')).toEqual({});
  });

  test('does so at different levels, of two vCPUs that only accept', () => {
    expect(client('accept-only-mixed')).toEqual({});
  });

  test('does not if it touches pages and then accepts them at 4K', () => {
    expect(Object.keys(client('non-linux-guest')).sort()).toEqual(['L1', 'L2', 'L3']);
  });
});

test('each claim over infinite runs says what it assumes', () => {
  const { claims } = checkLiveness(model as unknown as Model, complete_scope(ONE_VCPU), OPTIONS);
  const assumed = claims.flatMap(({ id, fairness }) => (fairness ? [[id, fairness]] : []));
  expect(assumed).toEqual([
    ['L1', 'locks'],
    ['L2', 'locks'],
    ['L3', 'locks'],
    ['L4', 'locks'],
  ]);
});

test.each<[number, string, Partial<KvmScope>, readonly string[]]>([
  [1, 'spins on the leaf that the failed split left', { inject: ['enomem'] }, ['L1', 'L2', 'L3']],
  [16, 'takes the bit of another region for its own', {}, ['L1', 'L2']],
  [30, 'yields for ever', {}, ['L1', 'L4']],
  [38, 'leaves the leaf that it did not split', {}, ['L1', 'L2', 'L3']],
  [13, 'is only slower', {}, []],
  [17, 'heals itself', {}, []],
  [22, 'splits again and again, but finitely often', {}, []],
])('mutation %i, one vCPU: it %s', (number, _, needs, claims) => {
  const mutate = mutationNamed(number);
  const given = { vcpus: 1, ops: 3, regions: 2, host: ['prefault'] as const, mutate, ...needs };
  expect(Object.keys(failing(given)).sort()).toEqual(claims);
});

test.each<[number, readonly string[]]>([
  [4, ['L1', 'L2', 'L3']],
  [23, ['L1', 'L2', 'L3']],
  [2, []],
  [7, []],
])('mutation %i, two vCPUs: %j fail', (number, claims) => {
  const mutate = mutationNamed(number);
  const given = { vcpus: 2, ops: 1, regions: 1, host: ['prefault'] as const, mutate };
  expect(Object.keys(failing(given)).sort()).toEqual(claims);
});
