import { expect, test } from 'vitest';
import { explain, findWeakenings } from './explain.ts';
import { counting } from './fixtures/counting.ts';

test('each thing that a function does is taken away, and what notices is named', () => {
  const found = [
    ...explain(
      counting,
      [{}],
      findWeakenings(counting, [{}], (name) => name === 'add').weakenings,
      {
        engine: 'interpreter',
        limits: {},
        keepGoing: false,
      },
    ),
  ].map(({ weakening: { kind, summary }, outcome }) => {
    const told =
      outcome.kind === 'bearing'
        ? `${outcome.race.claim}, ${outcome.race.steps.length} steps`
        : outcome.kind;
    return `${kind}: ${summary}: ${told}`;
  });
  expect(found).toEqual([
    'lock: without L1 acquire lock.holder of lock: kept, 6 steps',
    'order: C1 read counter before L1 acquire lock.holder of lock: kept, 10 steps',
    'order: C2 write counter before L1 acquire lock.holder of lock: kept, 10 steps',
    'test: C1 read counter taken for 0: kept, 8 steps',
    // The claim asks for no more than that nothing is lost.
    'test: C1 read counter taken for 1: idle',
    'test: C1 read counter taken for 2: idle',
    // It would leave the domain of the counter.
    'test: C1 read counter taken for 3: needed',
    'order: C2 write counter before C1 read counter: kept, 10 steps',
    'order: L2 release lock.holder of lock before C1 read counter: kept, 10 steps',
    'step: without C2 write counter: kept, 4 steps',
    'order: L2 release lock.holder of lock before C2 write counter: kept, 10 steps',
    'order: D1 update done before C2 write counter: kept, 3 steps',
    'order: D1 update done before L2 release lock.holder of lock: idle',
    'step: without D1 update done: idle',
  ]);
});
