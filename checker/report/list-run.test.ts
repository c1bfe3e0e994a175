import { expect, test } from 'vitest';
import { checkLiveness } from '../check/check.ts';
import ring from './fixtures/ring.ts';
import { runOf } from './list-run.ts';

/** The loop of two threads that pass a token round. */
function checkRing() {
  const options = { engine: 'interpreter', limits: {}, keepGoing: false } as const;
  const { claims } = checkLiveness(ring, { threads: 2, names: 'short' }, options);
  const { steps: prefix, loop, why } = claims[0]!.counterexample!;
  return { prefix, loop: loop!.steps, why };
}

test('wherever a loop is turned to begin, it stays the same run', () => {
  const { prefix, loop, why } = checkRing();
  // The same run, with loops that begin anywhere in what repeats.
  const turned = loop.map((_, i) => ({
    prefix: [...prefix, ...loop.slice(0, i)],
    loop: [...loop.slice(i), ...loop.slice(0, i)],
    why,
  }));
  for (const found of turned) {
    const { steps, loopStart } = runOf(found);
    expect(steps.length - loopStart!).toBe(loop.length);
    const rounds = [...steps, ...steps.slice(loopStart), ...steps.slice(loopStart)];
    const expected = [...found.prefix, ...Array.from({ length: 9 }, () => found.loop).flat()];
    expect(rounds).toEqual(expected.slice(0, rounds.length));
  }
});

test('a run without a loop stays as it is', () => {
  const { prefix, why } = checkRing();
  expect(runOf({ steps: prefix, why })).toEqual({ steps: prefix, why });
});
