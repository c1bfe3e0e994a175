import { describe, expect, it } from 'vitest';
import { mutations } from './mutations/index.ts';
import { complete_scope, scopes } from './scopes.ts';

describe('the scopes of one check', () => {
  it('are several if nothing that sizes a scope is named', () => {
    expect(scopes({ vcpus: 2 }).map(({ host, inject }) => [host, inject])).toEqual([
      [['prefault'], []],
      [['zap', 'prefault'], []],
      [['prefault'], ['enomem']],
      [['prefault'], []],
    ]);
  });

  it.each([1, 2, 3, 4])('exist for %i vCPUs and have as many', (vcpus) => {
    const sizes = scopes({ vcpus });
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.every((scope) => scope.vcpus === vcpus)).toBe(true);
  });

  it.each(['ops', 'regions', 'fanout', 'zaps', 'conversions', 'failures'])(
    'are one completed scope if %s is named',
    (name) => {
      expect(scopes({ [name]: 3 })).toEqual([complete_scope({ [name]: 3 })]);
    },
  );

  it('are all on the base tree that is named', () => {
    const bases = (base: string) => new Set(scopes({ base }).map((scope) => scope.base));
    expect(bases('capped-before')).toEqual(new Set(['capped-before']));
    expect(bases('capped-after')).toEqual(new Set(['capped-after']));
  });

  it('cover both base trees if none is named', () => {
    const bases = new Set(scopes({ vcpus: 3 }).map(({ base }) => base));
    expect(bases).toEqual(new Set(['capped-before', 'capped-after']));
  });

  it.each(mutations)('have what mutation $number $name needs', ({ name, needs }) => {
    for (const vcpus of [1, 2, 3, 4]) {
      const sizes = scopes({ vcpus, mutate: name });
      expect(sizes.length).toBeGreaterThan(0);
      for (const scope of sizes) {
        expect(scope.host).toEqual(expect.arrayContaining([...(needs.host ?? [])]));
        expect(scope.inject).toEqual(needs.inject ?? scope.inject);
        expect(scope.base).toBe(needs.base ?? scope.base);
      }
    }
  });

  it('take what a mutation needs into the one completed scope', () => {
    const [scope] = scopes({ ops: 1, mutate: 'no-stale-check' });
    expect(scope?.host).toEqual(['zap']);
  });
});
