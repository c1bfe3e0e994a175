import { expect, test } from 'vitest';
import peterson from '../../docs/examples/peterson.ts';
import type { EngineOptions } from '../engine/engine.ts';
import { buildSystem, completeScope, type Model } from '../language/model.ts';
import lostUpdate from '../report/fixtures/lost-update.ts';
import { exploreCompiled } from './explore-compiled.ts';

const OPTIONS: EngineOptions = { limits: {}, keepGoing: true, onProgress: () => 'continue' };

test.each<[string, Model]>([
  ['peterson', peterson as unknown as Model],
  ['lost-update', lostUpdate as unknown as Model],
])('without coverage the search of %s finds all the same, and gathers nothing', (_, model) => {
  const system = () => buildSystem(model, completeScope(model.parameters, {}));
  const { coverage, memoryBytes, ...withIt } = exploreCompiled(system(), OPTIONS);
  const without = exploreCompiled(system(), { ...OPTIONS, coverage: false });
  expect(coverage?.times.size).toBeGreaterThan(0);
  expect(without.coverage).toBeUndefined();
  expect({ ...without, memoryBytes }).toEqual({ ...withIt, memoryBytes });
});
