import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StateStore } from './state-store.ts';

test('a store keeps each state once, in the level in which it was first offered', () => {
  const state = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }));
  const levels = fc.array(fc.array(state, { maxLength: 200 }), { maxLength: 8 });
  fc.assert(
    fc.property(levels, (offered) => {
      const shown: string[] = [];
      const store = new StateStore(2, (log, at) => shown.push(`${log[at]},${log[at + 1]}`));
      const expected: Set<string>[] = [];
      const seen = new Set<string>();
      for (const level of offered) {
        for (const words of level) store.offer(Int32Array.from(words), 0);
        store.endLevel();
        const fresh = new Set(level.map((words) => words.join()).filter((key) => !seen.has(key)));
        for (const key of fresh) seen.add(key);
        expected.push(fresh);
      }
      const stored = offered.map((_, level) => {
        const found = new Set<string>();
        store.slices.forEach((slice, i) => {
          const end = store.levelStarts[level + 1]![i]!;
          for (let position = store.levelStarts[level]![i]!; position < end; position++) {
            found.add(slice.log.subarray(2 * position, 2 * position + 2).join());
          }
        });
        return found;
      });
      expect(stored).toEqual(expected);
      expect(store.states).toBe(seen.size);
      expect([...shown].sort()).toEqual([...seen].sort());
    }),
    { seed: 1, numRuns: 100 },
  );
});
