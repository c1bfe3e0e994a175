import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import peterson from '../../docs/examples/peterson.ts';
import { EVERYTHING } from '../generators/tiny-system.ts';
import { buildSystem } from '../language/model.ts';
import { prepare } from '../search/explore.ts';
import { comparable, helper, runCompiled, TINY } from './agreement.ts';
import type { Helpers } from './crew.ts';
import { CrewFailure } from './room.ts';
import type { Tuning } from './tuning.ts';

/** 22 levels. */
const prepared = prepare(buildSystem(peterson, { threads: 3 }));

/** Helpers are called in the middle, when there is something to hand over. */
const LATE: Tuning = { ...TINY, crewStatesMin: 300 };

function search(helpers: Helpers) {
  return runCompiled(prepared, { ...EVERYTHING, crew: helpers.ends });
}

test('a helper that throws ends the search with what it said', async () => {
  const helpers = await helper('throw');
  expect(() => search(helpers)).toThrow(new CrewFailure('Error: sabotage'));
  // Whoever comes later does not wait for it.
  expect(() => search(helpers)).toThrow(CrewFailure);
  await helpers.end();
});

test('a helper that dies ends the search once its death is known', async () => {
  const helpers = await helper('die');
  const [thread] = helpers.threads;
  const gone = once(thread!, 'exit');
  // The search holds this thread up, so nobody here can tell it: that is why its thread is another
  // one in a check. Told by hand, it ends.
  new Int32Array(helpers.ends.lobby)[0] = 1;
  expect(() => search(helpers)).toThrow(new CrewFailure('a search worker died'));
  await gone;
  await helpers.end();
});

test.each(['have no room', undefined] as const)(
  'a helper that is called in the middle changes nothing: %s',
  async (sabotage) => {
    const helpers = await helper(sabotage);
    const alone = runCompiled(prepared, EVERYTHING, LATE);
    const helped = runCompiled(prepared, { ...EVERYTHING, crew: helpers.ends }, LATE);
    expect(alone.states.size).toBeGreaterThan(LATE.crewStatesMin);
    expect(comparable(helped.outcome)).toEqual(comparable(alone.outcome));
    expect(helped.states).toEqual(alone.states);
    // Only who took part of the work has memory for it.
    const shared = helped.outcome.memoryBytes > alone.outcome.memoryBytes;
    expect(shared).toBe(sabotage === undefined);
    await helpers.end();
  },
);

test('helpers end while they wait for work, and while they wait for a leader', async () => {
  const idle = await helper();
  await idle.end();
  const helpers = await helper();
  // Their leader fails in the middle.
  const fails = { ...EVERYTHING, crew: helpers.ends };
  const onProgress = ({ depth }: { depth: number }) => {
    if (depth > 3) throw new Error('the leader fails');
    return 'continue' as const;
  };
  expect(() => runCompiled(prepared, { ...fails, onProgress })).toThrow('the leader fails');
  expect(await Promise.race([helpers.end(), sleep(10_000, 'lingering')])).toBeUndefined();
});
