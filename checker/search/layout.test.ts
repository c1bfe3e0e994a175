import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../automaton/compile.ts';
import { tinySystem } from '../generators/tiny-system.ts';
import { Shared } from '../language/shared.ts';
import { initialState, layOut } from './layout.ts';

test('fields do not overlap, hold every value and keep their initial one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4096 }), { minLength: 1, maxLength: 40 }),
      (sizes) => {
        const shared = new Shared();
        const variables = sizes.map((size, i) =>
          shared.integer(`v${i}`, { min: 0, max: size - 1, initial: (i * 7) % size }),
        );
        const body = function* () {
          yield* variables[0]!.write(0);
        };
        const compiled = compile(tinySystem(shared, [body, body]));
        const layout = layOut(compiled);
        const fields = [...layout.variableFields, ...layout.threadFields];
        const bits = fields.flatMap(({ word, shift, mask }) =>
          Array.from({ length: Math.round(Math.log2(mask + 1)) }, (_, i) => word * 32 + shift + i),
        );
        expect(new Set(bits).size).toBe(bits.length);
        expect(bits.length).toBe(layout.bits);
        expect(Math.max(...bits, 0)).toBeLessThan(32 * layout.wordCount);
        const initial = initialState(layout, [1, 1]);
        const values = fields.map(({ word, shift, mask }) => (initial[word]! >>> shift) & mask);
        expect(values).toEqual([...sizes.map((size, i) => (i * 7) % size), 1, 1]);
        layout.variableFields.forEach(({ mask }, i) => {
          expect(mask).toBeGreaterThanOrEqual(sizes[i]! - 1);
        });
      },
    ),
    { seed: 1, numRuns: 200 },
  );
});
