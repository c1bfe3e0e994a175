import { describe, expect, it } from 'vitest';
import { assertionClaim, buildSystem, inspect, ParameterError } from '../../checker/index.ts';
import { edit_of } from '../mutations/edit-of.ts';
import { mutations } from '../mutations/index.ts';
import type { KvmScope } from '../parameters.ts';
import { complete_scope, scopes } from '../scopes.ts';
import { td_model } from '../td-model.ts';
import { version_of, versions } from './index.ts';

const model = td_model(() => [assertionClaim({ id: 'P13', sentence: 'nothing leaks' })]);

function automata_of(known: Partial<KvmScope>): readonly string[] {
  const scope = complete_scope({ vcpus: 1, ops: 1, regions: 1, inject: ['enomem'], ...known });
  return inspect(buildSystem(model, scope)).automata;
}

describe('the versions', () => {
  it('have names of their own, and say where they come from and what differs', () => {
    expect(new Set(versions.map(({ name }) => name)).size).toBe(versions.length);
    for (const { source, differs, summary } of versions) {
      expect(source).toMatch(/\d{1,2} (Jan|Feb|Apr|Jul|Aug|Sep) 202[56]/);
      expect(differs).toMatch(/domain\.md/);
      expect(summary.length).toBeLessThan(90);
    }
  });

  // The bool of v3 makes -ENOMEM 1, which resumes the guest: what v2 does with all that is not 0.
  it('are different programs on one base tree, but for v3, which is RFC v2 as described', () => {
    const text = (variant: string) => automata_of({ variant, base: 'capped-after' }).join();
    const others = versions.filter(({ name }) => name !== 'v3').map(({ name }) => text(name));
    expect(new Set(others).size).toBe(versions.length - 1);
    expect(text('v3')).toBe(text('rfc-v2'));
  });

  it('are an error under another name', () => {
    expect(() => version_of('v4')).toThrow(/variant v4: expected one of baseline, rfc-v1/);
  });
});

describe('the default scopes of a version', () => {
  it.each(versions)('are on the base tree of $name unless another is named', (version) => {
    expect(complete_scope({ variant: version.name }).base).toBe(version.base);
    expect(scopes({ variant: version.name })[0]).toMatchObject({ base: version.base });
    for (const base of ['capped-before', 'capped-after']) {
      const named = scopes({ variant: version.name, base });
      expect(named.length).toBeGreaterThan(0);
      expect(named.every((scope) => scope.base === base)).toBe(true);
    }
  });

  it('are also on the other tree where that was written later', () => {
    const trees = (variant: string) => new Set(scopes({ variant }).map(({ base }) => base));
    expect(trees('rfc-v2-posted')).toEqual(new Set(['capped-before', 'capped-after']));
    expect(trees('v3')).toEqual(new Set(['capped-after']));
  });
});

describe('a mutation of a version', () => {
  it('is always one of its own', () => {
    for (const mutation of mutations) {
      expect(edit_of(mutation, version_of(mutation.variant))).toBe(mutation.edit);
    }
  });

  it('is refused where the version has other functions in its places', () => {
    expect(() => scopes({ variant: 'v3', mutate: 'set-after-unlock' })).toThrow(
      '--mutate set-after-unlock: replaces tdx_check_accept_level() of rfc-v2, which v3 has ' +
        'otherwise; expected --variant rfc-v2',
    );
  });

  it('is refused too where only one scope is built', () => {
    const scope = complete_scope({ variant: 'v3', mutate: 'set-after-unlock' });
    expect(() => buildSystem(model, scope)).toThrow(ParameterError);
  });
});
