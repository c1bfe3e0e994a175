import { describe, expect, it } from 'vitest';
import { checkScope, type ScopeResult } from '../checker/index.ts';
import { mutations } from '../model/mutations/index.ts';
import type { Mutation } from '../model/mutations/mutation.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import model from './index.ts';
import { SMALLEST } from './smallest-scopes.ts';

function check(scope: KvmScope, only?: readonly string[]): ScopeResult {
  const options = { engine: 'interpreter', limits: {}, keepGoing: false } as const;
  return checkScope(model, scope, only === undefined ? options : { ...options, only });
}

function violated({ claims }: ScopeResult): readonly string[] {
  return claims.filter(({ verdict }) => verdict === 'VIOLATED').map(({ id }) => id);
}

describe('a mutation that breaks the code', () => {
  const rows = mutations.flatMap((mutation) =>
    mutation.hits.map((claim): [number, string, Mutation] => [mutation.number, claim, mutation]),
  );

  it.each(rows)('%i violates %s', (number, claim, { name, needs }) => {
    const scope = complete_scope({ ...SMALLEST[number], ...needs, mutate: name });
    expect(violated(check(scope, [claim]))).toEqual([claim]);
  });

  it.each(rows)('%i is the only cause, as %s holds there without it', (number, claim, row) => {
    const { needs, variant } = row;
    const scope = complete_scope({ ...SMALLEST[number], ...needs, variant });
    expect(check(scope, [claim]).verdict).toBe('EXHAUSTED');
  });
});

describe('a mutation that leaves the code as good as it was', () => {
  const rows = mutations.filter(({ hits }) => hits.length === 0);

  it.each(rows)('violates nothing with two vCPUs: $number $name', ({ name, needs }) => {
    const scope = complete_scope({ vcpus: 2, ops: 1, ...needs, mutate: name });
    expect(check(scope).verdict).toBe('EXHAUSTED');
  });
});
