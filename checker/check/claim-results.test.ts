import { expect, test } from 'vitest';
import { defineModel, integer, invariant, modelled, thread } from '../index.ts';
import { completeScope } from '../language/model.ts';
import { runCheck } from './check.ts';

/** A thread that counts, and a claim that fails the sooner the bigger the start is. */
const counter = defineModel({
  name: 'counter',
  version: '1',
  summary: 'counts to 5',
  parameters: { start: integer({ help: 'where', default: 0, min: 0, max: 4 }) },
  build(shared, { start }) {
    const count = shared.integer('count', { min: 0, max: 5, initial: start });
    return {
      threads: [
        thread(
          't',
          'counts',
          modelled('run', function* () {
            for (let i = start; i < 5; i++) yield* count.update((value) => value + 1);
          }),
        ),
      ],
      claims: [
        invariant({ id: 'below', sentence: 'It stays below 5.' }, ['count'], function* () {
          return yield* count.test((value) => value < 5);
        }),
      ],
    };
  },
});

test.each([
  [[0, 3, 1], 3],
  [[4, 0], 4],
])('of the scopes %j, that with the shortest counterexample is reported: %i', (starts, best) => {
  const scopes = starts.map((start) => completeScope(counter.parameters, { start }));
  const options = { engine: 'interpreter', limits: {}, keepGoing: true } as const;
  const [below] = runCheck(counter, scopes, options).claims;
  expect(below!.counterexample!.scope).toEqual({ start: best });
  expect(below!.counterexample!.steps).toHaveLength(5 - best);
});
