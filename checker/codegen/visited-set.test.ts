import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Loaded, Shard } from '../compiled/shard.ts';
import { tinySystem } from '../generators/tiny-system.ts';
import { Shared } from '../language/shared.ts';
import { prepare } from '../search/explore.ts';
import { compileSearch } from './compile-search.ts';
import { CHUNK_STATES_LOG2 } from './memory-map.ts';

/** A search whose states have this many words, and two partitions. */
function load(words: number): Loaded {
  const shared = new Shared();
  for (let i = 0; i < 6 * words - 1; i++) shared.integer(`v${i}`, { min: 0, max: 1023 });
  const { bytes, ...search } = compileSearch(
    prepare(tinySystem(shared, [function* () {}])),
    { classes: [], reasons: [] },
    { partitionBits: 1, memoBits: 0 },
  );
  expect(search.map.words).toBe(words);
  return { search, module: new WebAssembly.Module(bytes) };
}

/** Numbers for states, with some that occur again and again. */
const batches = fc.array(
  fc.record({
    size: fc.integer({ min: 0, max: 9_000 }),
    from: fc.integer({ min: 0, max: 30_000 }),
    step: fc.integer({ min: 1, max: 7 }),
  }),
  { minLength: 1, maxLength: 8 },
);

test.each([1, 2, 9])('states of %i words are stored once, in order of discovery', (words) => {
  const loaded = load(words);
  let most = 0;
  const stateOf = (number: number): bigint[] =>
    Array.from({ length: words }, (_, i) => BigInt(i === words - 1 ? number : number & 1));
  fc.assert(
    fc.property(batches, (list) => {
      const shard = new Shard(loaded, () => {});
      const expected: [number[], number[]] = [[], []];
      const seen = [new Set<number>(), new Set<number>()];
      for (const [turn, { size, from, step }] of list.entries()) {
        const partition = turn % 5 === 4 ? 1 : 0;
        const numbers = Array.from({ length: size }, (_, i) => from + i * step);
        const packed = BigUint64Array.from(numbers.flatMap(stateOf));
        shard.add(partition, new Uint8Array(packed.buffer));
        for (const number of numbers) {
          if (seen[partition]!.has(number)) continue;
          seen[partition]!.add(number);
          expected[partition]!.push(number);
        }
      }
      for (const partition of [0, 1] as const) {
        const count = shard.count(partition);
        const stored = [...shard.states(partition, 0, count)].flatMap((piece) => [
          ...new BigUint64Array(piece.buffer, piece.byteOffset, piece.length / 2),
        ]);
        const wanted = expected[partition]!.flatMap(stateOf);
        expect(count).toBe(expected[partition]!.length);
        expect(stored.findIndex((word, i) => word !== wanted[i])).toBe(-1);
        most = Math.max(most, count);
      }
      expect(shard.cell('states')).toBe(expected[0].length + expected[1].length);
      shard.empty(0);
      expect(shard.cell('states')).toBe(expected[1].length);
      // What was freed is used again.
      const [top, few] = [shard.cell('top'), BigUint64Array.from([1, 2, 1].flatMap(stateOf))];
      shard.add(0, new Uint8Array(few.buffer));
      expect(shard.count(0)).toBe(2);
      expect(shard.cell('top') - top).toBeLessThanOrEqual(2 * loaded.search.map.chunkBytes);
    }),
    { seed: 1, numRuns: 25 },
  );
  // Many chunks, and an index that grew more than once: it starts with two for each word and state.
  expect(most).toBeGreaterThan(8 << CHUNK_STATES_LOG2);
});
