import { describe, expect, it } from 'vitest';
import { checkScope } from '../checker/index.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope, scopes } from '../model/scopes.ts';
import model from './index.ts';

const OPTIONS = { engine: 'compiled', limits: {}, keepGoing: true } as const;

function judged(claim: string, known: Partial<KvmScope>) {
  const scope = complete_scope({ regions: 1, host: [], utility: [claim], ...known });
  const { claims } = checkScope(model, scope, { ...OPTIONS, only: [claim] });
  return claims.find(({ id }) => id === claim);
}

describe.each(['U1', 'U2'])('%s', (claim) => {
  it.each<Partial<KvmScope>>([
    { vcpus: 1, ops: 3, regions: 2 },
    { vcpus: 2, ops: 2, base: 'capped-after' },
    { vcpus: 2, ops: 1, regions: 2, host: ['prefault'] },
  ])('holds of RFC v2 in %j, and is judged', (known) => {
    const { verdict, premise } = judged(claim, known) ?? {};
    expect(verdict).toBe('HOLDS');
    expect(premise).toBeGreaterThan(0);
  });

  it('is judged only where it is named', () => {
    const claims = checkScope(model, complete_scope({ ops: 1, regions: 1 }), OPTIONS).claims;
    expect(claims.map(({ id }) => id)).not.toContain(claim);
    expect(scopes({ utility: [claim] })).toHaveLength(1);
  });
});

describe('what is only useful is broken', () => {
  it.each([
    [46, 'ignore-exit-type', 'U1'],
    [15, 'set-same-level', 'U1'],
    [11, 'no-lockless-test', 'U2'],
    [36, 'positive-is-an-error', 'U2'],
    [17, 'set-1g-only', 'U2'],
  ])('by mutation %i %s: %s', (_number, mutate, claim) => {
    const host = mutate === 'positive-is-an-error' ? ['zap'] : [];
    expect(judged(claim, { vcpus: 1, ops: 3, host, mutate })?.verdict).toBe('VIOLATED');
  });

  it('by no other mutation of the test and the words', () => {
    for (const mutate of ['no-second-test', 'test-again-under-lock', 'set-2m-only-capped-before']) {
      expect(judged('U1', { vcpus: 1, ops: 3, mutate })?.verdict).toBe('HOLDS');
    }
  });
});
