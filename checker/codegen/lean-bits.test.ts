import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Field, Layout } from '../search/layout.ts';
import type { Symmetry, ThreadClass } from '../symmetry/symmetry.ts';
import { leanBits } from './lean-bits.ts';

const NO_SYMMETRY: Symmetry = { classes: [], reasons: [] };

/** Threads of these widths, and as many variables of one bit as are used up otherwise. */
function layoutOf(widths: readonly number[], usedBits: number): Layout {
  const fields: Field[] = [];
  let [word, shift] = [0, 0];
  const place = (width: number) => {
    if (shift + width > 32) [word, shift] = [word + 1, 0];
    fields.push({ word, shift, mask: 2 ** width - 1 });
    shift += width;
  };
  for (const width of widths) place(width);
  for (let i = 0; i < usedBits; i++) place(1);
  return {
    wordCount: word + 1,
    bits: 0,
    variables: [],
    variableFields: fields.slice(widths.length),
    threadFields: fields.slice(0, widths.length),
  };
}

/** A class whose renamings exchange the threads, and change these variables. */
function classOf(layout: Layout, threads: readonly number[], values: number[][] = []): Symmetry {
  const variables = layout.variableFields.map((_, i) => i);
  const swaps = threads.slice(1).map((thread, i) => ({
    threads: layout.threadFields.map((_, t) =>
      t === thread ? threads[i]! : t === threads[i] ? thread : t,
    ),
    variables,
    values: [...values, ...variables.slice(values.length).map(() => [0, 1])],
    nodes: layout.threadFields.map(() => [0, 1]),
  }));
  return { classes: [{ threads, swaps } as unknown as ThreadClass], reasons: [] };
}

const bitsOf = (fields: readonly (Field | undefined)[]) =>
  fields.map((field) => (field === undefined ? '-' : 'bit')).join(' ');

test('each thread but the last has a bit that is in no field and in no other bit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 150 }),
      (widths, usedBits) => {
        const layout = layoutOf(widths, usedBits);
        const words = Math.ceil(layout.wordCount / 2);
        const used = new Uint32Array(2 * words);
        for (const { word, shift, mask } of [...layout.variableFields, ...layout.threadFields]) {
          used[word]! |= mask << shift;
        }
        const found = leanBits(layout, words, NO_SYMMETRY);
        const free = Array.from({ length: words }, (_, word) => {
          const half = (value: number) => value.toString(2).replaceAll('0', '').length;
          return 64 - half(used[2 * word]!) - half(used[2 * word + 1]!);
        });
        const most = Math.max(...free);
        const bits = found?.fields.filter((field) => field !== undefined) ?? [];
        expect(bits).toHaveLength(Math.min(most, widths.length - 1));
        expect(found === undefined).toBe(bits.length === 0);
        let kept = (1n << 64n) - 1n;
        for (const { word, shift, mask } of bits) {
          expect([mask, (used[word]! >>> shift) & 1]).toEqual([1, 0]);
          used[word]! |= 1 << shift;
          expect(word >> 1).toBe(found!.word);
          kept &= ~(1n << BigInt(32 * (word & 1) + shift));
        }
        if (found !== undefined) expect(found.kept).toBe(kept);
      },
    ),
  );
});

test('where there is no room for all, the first threads have bits', () => {
  const fieldsWith = (usedBits: number) =>
    bitsOf(leanBits(layoutOf([8, 8, 8], usedBits), 1, NO_SYMMETRY)?.fields ?? []);
  expect(fieldsWith(38)).toBe('bit bit -');
  expect(fieldsWith(39)).toBe('bit - -');
  expect(fieldsWith(40)).toBe('');
});

test('threads that may be renamed all have bits, or none has', () => {
  const fieldsWith = (usedBits: number) => {
    const layout = layoutOf([8, 8, 8], usedBits);
    return bitsOf(leanBits(layout, 1, classOf(layout, [1, 2]))?.fields ?? []);
  };
  expect(fieldsWith(37)).toBe('bit bit bit');
  expect(fieldsWith(38)).toBe('bit - -');
  expect(fieldsWith(40)).toBe('');
});

test('a rank is that of the first thread of a class', () => {
  const layout = layoutOf([8, 8, 8], 1);
  expect(leanBits(layout, 1, classOf(layout, [0, 2]))?.ranks).toEqual([0, 1, 0]);
});

test('there are no bits where a renaming does more than exchange columns', () => {
  const layout = layoutOf([8, 8], 1);
  expect(leanBits(layout, 1, classOf(layout, [0, 1]))).toBeDefined();
  expect(leanBits(layout, 1, classOf(layout, [0, 1], [[1, 0]]))).toBeUndefined();
});
