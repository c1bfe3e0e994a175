import { expect, test } from 'vitest';
import {
  defineModel,
  invariant,
  type Modelled,
  type Mutex,
  modelled,
  type Steps,
  thread,
  type Variable,
} from '../index.ts';
import type { Model } from '../language/model.ts';
import { explain } from './explain.ts';

interface Code {
  readonly counter: Variable<number>;
  readonly done: Variable<number>;
  readonly lock: Mutex;
  readonly add: Modelled<[code: Code], void>;
}

const add = modelled('add', function* ({ counter, done, lock }: Code): Steps<void> {
  yield* lock.hold(
    function* () {
      const old = yield* counter.read().at('C1');
      yield* counter.write(old + 1).at('C2');
    },
    { acquire: 'L1', release: 'L2' },
  );
  yield* done.update((count) => count + 1).at('D1');
});

const worker = modelled('worker', function* (code: Code): Steps<void> {
  yield* code.add(code);
});

/** Two threads that count: nothing is lost, as each holds the lock. */
const counting = defineModel({
  name: 'counting',
  version: '1',
  summary: 'two threads that count',
  parameters: {},
  build: (shared) => {
    const counter = shared.integer('counter', { min: 0, max: 3 });
    const done = shared.integer('done', { min: 0, max: 2 });
    const code: Code = { counter, done, lock: shared.mutex('lock'), add };
    return {
      threads: ['a', 'b'].map((name) => thread(name, 'counts', worker, code)),
      claims: [
        invariant({ id: 'kept', sentence: 'Nothing is lost.' }, ['x'], function* () {
          const finished = yield* done.read();
          return yield* counter.test((count) => count >= finished);
        }),
      ],
    };
  },
}) as unknown as Model;

test('each thing that a function does is taken away, and what notices is named', () => {
  const found = [
    ...explain(counting, [{}], (name) => name === 'add', {
      engine: 'interpreter',
      limits: {},
      keepGoing: false,
    }),
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
