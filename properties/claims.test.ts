import { describe, expect, it } from 'vitest';
import { buildSystem } from '../checker/index.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import model from './index.ts';

const everywhere = [
  ...['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P9', 'P11', 'P12', 'P13', 'P14'],
  ...['T1', 'T2', 'T3', 'T3-4K', 'T5', 'T6'],
];

const ids = (known: Partial<KvmScope>) => {
  const { claims } = buildSystem(model, complete_scope(known));
  return claims.map(({ id }) => id).sort();
};

const { claims } = buildSystem(model, complete_scope({ host: ['convert', 'memslot'] }));

describe('the claims', () => {
  it('are those of domain.md 8 that this model can break', () => {
    expect(ids({})).toEqual([...everywhere].sort());
  });

  it('are more where memory is converted', () => {
    expect(ids({ host: ['convert'] })).toEqual([...everywhere, 'P8', 'P9-leaf', 'P10'].sort());
  });

  it('are one more where the slot is deleted', () => {
    expect(ids({ host: ['memslot'] })).toEqual([...everywhere, 'P9-slot'].sort());
  });

  it.each(claims)('$id has a source and a blind spot', ({ source, blindSpot }) => {
    expect(source).toMatch(/domain\.md 8\.[12]/);
    expect(blindSpot).toBeTruthy();
  });
});
