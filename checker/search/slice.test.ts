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
      fc.property(states(wordCount), fc.integer({ min: 1, max: 200 }), (offered, batch) => {
        const slice = new Slice(wordCount);
        const words = Int32Array.from(offered.flat());
        const found: string[] = [];
        for (let from = 0; from < words.length; from += batch * wordCount) {
          const end = Math.min(words.length, from + batch * wordCount);
          slice.addAll(words, from, end, (log, at) =>
            found.push(log.subarray(at, at + wordCount).join()),
          );
        }
        const distinct = [...new Set(offered.map((state) => state.join()))];
        expect(found).toEqual(distinct);
        expect(slice.log.subarray(0, slice.count * wordCount).join()).toBe(distinct.join());
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

test('a slice finds what it stores, through many growths, and nothing else', () => {
  const slice = new Slice(2);
  const count = 50_000;
  let news = 0;
  const words = Int32Array.from({ length: 2 * count }, (_, i) => (i % 2 ? (i >> 1) ** 2 : i >> 1));
  slice.addAll(words, 0, words.length, () => news++);
  slice.addAll(words, 0, words.length, () => news++);
  expect(news).toBe(count);
  const place = (i: number, j: number) => slice.find(Int32Array.of(i, j), 0);
  const wrong = Array.from({ length: count }, (_, i) => i).filter(
    (i) => place(i, i * i) !== i || place(i, i * i + 1) !== -1,
  );
  expect(wrong).toEqual([]);
});
