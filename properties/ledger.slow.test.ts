import { expect, test } from 'vitest';
import { runCheck } from '../checker/check/check.ts';
import type { Model } from '../checker/index.ts';
import { scopes } from '../model/scopes.ts';
import model from './index.ts';

test.each([2, 3])('a check of %i vCPUs has a full ledger, with every waiver in use', (vcpus) => {
  const list = scopes({ vcpus });
  const { verdict, ledger, canary } = runCheck(model as unknown as Model, list, {
    engine: 'compiled',
    limits: {},
    keepGoing: false,
    ledger: true,
  });
  expect(ledger?.entries.filter(({ status }) => status === 'unmet')).toEqual([]);
  expect([verdict, canary?.caught]).toEqual(['EXHAUSTED', 'P3']);
  const waived = ledger?.entries.filter(({ status }) => status === 'waived') ?? [];
  const waivers = model.waivers?.(list[0] as never).flatMap(({ obligations }) => obligations);
  expect(waived.map(({ name }) => name).sort()).toEqual([...(waivers ?? [])].sort());
});
