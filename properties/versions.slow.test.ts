import { describe, expect, it } from 'vitest';
import { defineModel } from '../checker/index.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope, scopes } from '../model/scopes.ts';
import { versions } from '../model/versions/index.ts';
import { expectedIn, FAILURES } from './expected-failures.ts';
import model from './index.ts';
import { check, checkForEver, failures } from './version-failures.ts';

describe('a version with one vCPU', () => {
  it.each(Object.keys(FAILURES))('%s fails no other claim anywhere', (variant) => {
    for (const scope of scopes({ vcpus: 1, variant })) {
      const result = check(scope);
      expect(result.stopped).toBeUndefined();
      expect(Object.keys(failures(result))).toEqual(expectedIn(scope));
    }
  });
});

describe('a version with two vCPUs', () => {
  const sizes: readonly Partial<KvmScope>[] = [
    { ops: 2, regions: 1, host: ['prefault'] },
    { ops: 1, regions: 1, host: ['zap', 'prefault'] },
    { ops: 1, regions: 2, host: ['prefault'], inject: ['enomem'] },
  ];
  it.each(
    Object.keys(FAILURES).flatMap((variant) =>
      sizes.map((size) => [variant, JSON.stringify(size), size] as const),
    ),
  )('%s fails no other claim in %s', (variant, _text, size) => {
    const scope = complete_scope({ vcpus: 2, variant, ...size });
    const result = check(scope);
    expect(result.stopped).toBeUndefined();
    expect(Object.keys(failures(result))).toEqual(expectedIn(scope));
  });
});

describe('a claim that a version does not make', () => {
  const LIVENESS = new Set(['L1', 'L2', 'L3', 'L4']);
  const { notClaimed: _, ...all } = model;
  const everything = defineModel(all);
  const cases = versions.flatMap(({ name, not_claimed }) =>
    Object.keys(not_claimed).map((claim): [string, string] => [claim, name]),
  );

  it.each(cases)('%s fails of %s, or says nothing of it', (claim, variant) => {
    const scope = complete_scope({ vcpus: 2, ops: 2, regions: 1, variant });
    const judge = LIVENESS.has(claim) ? checkForEver : check;
    const judged = judge(scope, everything).claims.find(({ id }) => id === claim);
    expect(judged).toBeDefined();
    expect(judged?.verdict === 'VIOLATED' || judged?.premise === 0).toBe(true);
    expect(judge(scope).claims.map(({ id }) => id)).not.toContain(claim);
  });
});
