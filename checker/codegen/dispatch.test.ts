import fc from 'fast-check';
import { expect, test } from 'vitest';
import { get, I32, i32, set } from '../wasm/code.ts';
import { ModuleBuilder } from '../wasm/module-builder.ts';
import { CASES_IN_A_ROW, dispatch, isOneOf } from './dispatch.ts';

interface Exports {
  readonly chosen: (value: number) => number;
  readonly done: (value: number) => number;
  readonly isOne: (value: number) => number;
}

/** Cases answer with a number that is theirs. */
const answer = (number: number) => 1_000 + 7 * number;

function build(caseOf: readonly number[]): Exports {
  const module = new ModuleBuilder();
  const cases = Math.max(...caseOf) + 1;
  const numbers = Array.from({ length: cases }, (_, number) => number);
  module.exported('chosen', [I32], [I32], (f) =>
    dispatch(
      f,
      f.params[0]!,
      caseOf,
      numbers.map((number) => () => i32.const(answer(number))),
      I32,
    ),
  );
  module.exported('done', [I32], [I32], (f) => {
    const result = f.local(I32);
    const effects = numbers.map((number) => () => set(result, i32.const(answer(number))));
    return [dispatch(f, f.params[0]!, caseOf, effects), get(result)];
  });
  const zeros = caseOf.flatMap((number, value) => (number === 0 ? [value] : []));
  module.exported('isOne', [I32], [I32], (f) => isOneOf(f.params[0]!, zeros, caseOf.length));
  const bytes = module.build(1, 1);
  expect(WebAssembly.validate(bytes)).toBe(true);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { host: { memory } });
  return instance.exports as unknown as Exports;
}

/** Few cases and many, for few values and for more than there are bits in a word. */
const tables = fc
  .record({ cases: fc.integer({ min: 1, max: 3 * CASES_IN_A_ROW }), long: fc.boolean() })
  .chain(({ cases, long }) =>
    fc.array(fc.nat({ max: cases - 1 }), { minLength: 1, maxLength: long ? 200 : 12 }),
  );

function compare(caseOf: readonly number[]): void {
  const { chosen, done, isOne } = build(caseOf);
  const values = [...caseOf.keys()];
  expect(values.map(chosen)).toEqual(caseOf.map(answer));
  expect(values.map(done)).toEqual(caseOf.map(answer));
  expect(values.map(isOne)).toEqual(caseOf.map((number) => Number(number === 0)));
}

test('every value runs its own case', () => {
  fc.assert(fc.property(tables, compare), { seed: 1, numRuns: 300 });
});

test.each([31, 32, 33, 63, 64, 65])('the last of %i values runs its own case', (size) => {
  compare(Array.from({ length: size }, (_, value) => Number(value % 9 !== (size % 9) - 1)));
});
