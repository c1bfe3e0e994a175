import { expect, test } from 'vitest';
import { forecast } from '../checker/forecast/forecast.ts';
import { checkScope, type Model } from '../checker/index.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import model from './index.ts';

const kvm = model as unknown as Model;

test.each<Partial<KvmScope>>([
  { vcpus: 2, ops: 3, regions: 2, host: ['prefault'] },
  { vcpus: 3, ops: 2, regions: 1, host: ['prefault'] },
  { vcpus: 2, ops: 2, regions: 2, host: ['zap', 'prefault'] },
])('a forecast for %j holds the truth, and costs less', (given) => {
  const scope = complete_scope(given);
  const { states, searched } = forecast(kvm, scope, { states: 2_000_000 });
  const truth = checkScope(kvm, scope, { engine: 'compiled', limits: {}, keepGoing: false }).states;
  expect(truth).toBeGreaterThanOrEqual(states?.low ?? Number.POSITIVE_INFINITY);
  expect(truth).toBeLessThanOrEqual(states?.high ?? 0);
  const spent = searched.reduce((sum, one) => sum + one.states, 0);
  expect(spent).toBeLessThan(truth);
});
