import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Slice } from './slice.ts';

/** Small values, so that states repeat; the hash spreads them. */
const states = (wordCount: number) =>
  fc.array(
    fc.array(fc.integer({ min: -3, max: 3 }), { minLength: wordCount, maxLength: wordCount }),
    {
      maxLength: 400,
    },
  );

describe.each([1, 2, 3, 5])('a slice of states of %i words', (wordCount) => {
  test('behaves like a set that remembers the order', () => {
    fc.assert(
      fc.property(states(wordCount), fc.integer({ min: 1, max: 40 }), (offered, batch) => {
        const slice = new Slice(wordCount);
        const seen = new Set<string>();
        const found: string[] = [];
        const onNew = (log: Int32Array, at: number) =>
          found.push(log.subarray(at, at + wordCount).join());
        offered.forEach((state, i) => {
          seen.add(state.join());
          const full = slice.offer(Int32Array.from(state), 0);
          if (full || i % batch === 0) slice.flush(onNew);
        });
        slice.flush(onNew);
        expect(found).toEqual([...seen]);
        expect(slice.count).toBe(seen.size);
        const stored = slice.log.subarray(0, seen.size * wordCount).join();
        expect(stored).toBe([...seen].join());
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

test('a slice finds what it stores, through many growths, and nothing else', () => {
  const slice = new Slice(2);
  const count = 50_000;
  let news = 0;
  for (let i = 0; i < count; i++) {
    if (slice.offer(Int32Array.of(i, i * i), 0)) slice.flush(() => news++);
  }
  slice.flush(() => news++);
  expect(news).toBe(count);
  const place = (i: number, j: number) => slice.find(Int32Array.of(i, j), 0);
  const wrong = Array.from({ length: count }, (_, i) => i).filter(
    (i) => place(i, i * i) !== i || place(i, i * i + 1) !== -1,
  );
  expect(wrong).toEqual([]);
});
