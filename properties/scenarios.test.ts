import { describe, expect, it } from 'vitest';
import { runCheck } from '../checker/check/check.ts';
import { decodeSchedule } from '../checker/check/schedule.ts';
import { type Claim, checkScope, type Model, stepClaim } from '../checker/index.ts';
import { scenarios } from '../model/guest/scenarios.ts';
import { every_turn } from '../model/guest/turn.ts';
import type { Kernel } from '../model/kernel.ts';
import type { KvmScope } from '../model/parameters.ts';
import { scopes } from '../model/scopes.ts';
import { td_model } from '../model/td-model.ts';
import { versions } from '../model/versions/index.ts';
import model, { every_claim } from './index.ts';
import { check, checkForEver, failures } from './version-failures.ts';

const OPTIONS = { engine: 'compiled', limits: {}, keepGoing: false } as const;
const V5_POSTED = ['P1', 'P14', 'P4', 'P6'];

/** The claims that fail, over infinite runs too; versions that are not named break none. */
const FAILS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'linux-guest': { baseline: ['L1', 'L2'] },
  'non-linux-guest': {
    baseline: ['L1', 'L2'],
    'rfc-v1': ['L1', 'L2', 'L3'],
    'rfc-v2-posted': ['T5'],
    'rfc-v5-posted': V5_POSTED,
  },
  'prefault-then-accept': {
    baseline: ['L1', 'L2'],
    'rfc-v2-posted': ['T5'],
    'rfc-v5-posted': V5_POSTED,
  },
  'edk2-convert-loop': {},
  'mixed-levels': { 'rfc-v2-posted': ['T5'], 'rfc-v5-posted': V5_POSTED },
  'accept-2m-only': {},
  'accept-only-mixed': {
    baseline: ['L1', 'L2'],
    'rfc-v2-posted': ['T5'],
    'rfc-v5-posted': V5_POSTED,
  },
};

const names = scenarios.map(({ name }) => name);

function scopeOf(given: Partial<KvmScope>): KvmScope {
  const [scope, ...others] = scopes(given);
  expect(others).toEqual([]);
  return scope!;
}

/** Whether a step is taken in a scope that a claim calls impossible. */
function fails(given: Partial<KvmScope>, never: (kvm: Kernel) => Claim): boolean {
  const claims_of = (kvm: Kernel, scope: KvmScope) => [
    ...every_claim(kvm, scope).filter(({ kind }) => kind === 'assertion'),
    never(kvm),
  ];
  const { claims } = checkScope(td_model(claims_of), scopeOf(given), OPTIONS);
  return claims.some(({ verdict }) => verdict === 'VIOLATED');
}

/** Whether some vCPU sets out to accept in the region at 4K. */
function accepts_at_4K(given: Partial<KvmScope>, region: number): boolean {
  const meta = { id: 'never', sentence: 'Nobody accepts here at 4K.' };
  return fails(given, ({ ghost }) =>
    stepClaim(meta, [ghost.accepted_at_4K.at(region)], (_, after) => !after),
  );
}

describe('a version under a scenario', () => {
  const cases = names.flatMap((scenario) =>
    versions
      .filter(({ without_host }) => scenario !== 'edk2-convert-loop' || without_host === undefined)
      .map(({ name }): [string, string] => [name, scenario]),
  );

  it.each(cases)('%s under %s fails as the findings say', (variant, scenario) => {
    const scope = scopeOf({ scenario, variant });
    const results = [check(scope), checkForEver(scope)];
    expect(results.map(({ stopped }) => stopped)).toEqual([undefined, undefined]);
    const failed = results.flatMap((result) => Object.keys(failures(result)));
    expect(failed.sort()).toEqual(FAILS[scenario]?.[variant] ?? []);
  });

  it('is refused if the scenario converts and the version is not modelled with that', () => {
    const given = { scenario: 'edk2-convert-loop', variant: 'rfc-v5' };
    expect(() => scopes(given)).toThrow('--host convert: not with rfc-v5');
    expect(failures(check(scopeOf({ ...given, host: ['zap'] })))).toEqual({});
  });
});

describe('a scenario', () => {
  it.each(names)('%s shows what it is about, on RFC v2', (scenario) => {
    const { verdict, ledger } = runCheck(model as unknown as Model, [scopeOf({ scenario })], {
      ...OPTIONS,
      ledger: true,
    });
    expect(ledger?.entries.filter(({ status }) => status === 'unmet')).toEqual([]);
    expect(verdict).toBe('EXHAUSTED');
  });

  it('that does not come to what it is about is vacuous', () => {
    // Linux accepts the end of the first region at 4K, and so none at 2M if there is no other.
    const small = scopeOf({ scenario: 'linux-guest', host: [], regions: 1 });
    const options = { ...OPTIONS, ledger: true };
    const { verdict, ledger } = runCheck(model as unknown as Model, [small], options);
    expect(verdict).toBe('VACUOUS');
    const unmet = ledger?.entries.filter(({ status }) => status === 'unmet') ?? [];
    expect(unmet.map(({ name }) => name)).toEqual(['tdg_mem_page_accept G7 write sept_2M[]']);
  });

  it.each(names)('%s does nothing that a guest without one could not do', (scenario) => {
    for (const geometry of [1, 2, 3].map((regions) => ({ regions, fanout: 2 }))) {
      const known = every_turn(geometry, true, []).map((turn) => JSON.stringify(turn));
      const { programs } = scenarios.find(({ name }) => name === scenario)!;
      const turns = programs(geometry).flatMap((program) => program.flatMap((one) => one.turns));
      expect(turns.filter((turn) => !known.includes(JSON.stringify(turn)))).toEqual([]);
      for (const [first] of programs(geometry)) expect(first?.is_fallback ?? false).toBe(false);
    }
  });

  it('goes on at 4K only where 2M was refused', () => {
    // The second vCPU of Linux is alone in region 1, where nobody refuses it anything.
    const linux = { scenario: 'linux-guest', host: [] } as const;
    expect(accepts_at_4K(linux, 0)).toBe(true);
    expect(accepts_at_4K(linux, 1)).toBe(false);
  });

  it('is gone through as often as --ops says', () => {
    const states = (ops: number) => check(scopeOf({ scenario: 'mixed-levels', ops })).states;
    expect(states(2)).toBeGreaterThan(states(1));
  });

  it.each([
    ['--host prefault', { host: ['prefault'] }],
    ['--guest release', { guest: ['release'] }],
  ])('does not take %s, which its programs would ignore', (flag, given) => {
    const all = { scenario: 'mixed-levels', ...given };
    expect(() => scopes(all)).toThrow(`${flag}: not with --scenario mixed-levels`);
  });

  it('combines with a mutation and what it needs', () => {
    const scope = scopeOf({ scenario: 'non-linux-guest', mutate: 'set-2m-only-capped-after' });
    expect(scope.base).toBe('capped-after');
    expect(Object.keys(failures(check(scope)))).toContain('P7');
    const zapped = scopeOf({ scenario: 'mixed-levels', mutate: 'no-stale-check' });
    expect(zapped.host).toEqual(['zap']);
    expect(Object.keys(failures(check(zapped)))).toContain('P9');
  });

  it('is part of the schedule of a violation', () => {
    const scope = scopeOf({ scenario: 'non-linux-guest', variant: 'rfc-v5-posted' });
    const found = check(scope).claims.find(({ id }) => id === 'P1')?.counterexample;
    expect(found?.schedule).toContain('scenario=non-linux-guest');
    expect(decodeSchedule(found!.schedule, model as unknown as Model).scope).toEqual(scope);
  });
});
