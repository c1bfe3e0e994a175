import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Code,
  get,
  giveBack,
  I32,
  I64,
  i32,
  i64,
  set,
  unsigned,
  type ValueType,
} from './code.ts';
import type { FunctionBuilder } from './function-builder.ts';
import { ModuleBuilder } from './module-builder.ts';

/** Builds a module of one function and hands it over to the engine of the host. */
function run(
  params: readonly ValueType[],
  result: ValueType,
  body: (f: FunctionBuilder) => Code,
): (...args: readonly number[]) => unknown {
  const module = new ModuleBuilder();
  module.exported('run', params, [result], body);
  const bytes = module.build(1, 1);
  expect(WebAssembly.validate(bytes)).toBe(true);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { host: { memory } });
  return exports.run as (...args: readonly number[]) => unknown;
}

/** Numbers around those at which one more byte is needed. */
const borders = (bits: number, signed: boolean) =>
  fc
    .record({
      power: fc.integer({ min: 0, max: bits }),
      by: fc.integer({ min: -2, max: 2 }),
      minus: fc.boolean(),
    })
    .map(({ power, by, minus }) => {
      const value = (minus ? -1n : 1n) * (1n << BigInt(power)) + BigInt(by);
      return signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
    });

test('an i32 constant is the number it was written from', () => {
  const numbers = fc.oneof(borders(32, true).map(Number), fc.integer());
  fc.assert(
    fc.property(numbers, (value) => {
      expect(run([], I32, () => i32.const(value))()).toBe(value);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('an i64 constant is the number it was written from', () => {
  const numbers = fc.oneof(
    borders(64, true),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  );
  fc.assert(
    fc.property(numbers, (value) => {
      expect(run([], I64, () => i64.const(value))()).toBe(value);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('an unsigned number is read as what it was written from', () => {
  const numbers = fc.oneof(borders(32, false).map(Number), fc.nat());
  fc.assert(
    fc.property(numbers, (value) => {
      const bytes = [unsigned(value)].flat() as readonly number[];
      const read = bytes.reduceRight((high, byte) => high * 128 + (byte & 0x7f), 0);
      expect(read).toBe(value);
      expect(bytes.map((byte) => byte >> 7)).toEqual([...bytes.slice(1).map(() => 1), 0]);
    }),
    { seed: 1, numRuns: 300 },
  );
});

/** The sum of the numbers from the first up to the second, in steps. */
function sum(step: number) {
  return run([I32, I32], I32, (f) => {
    const [counter, end] = f.params as [(typeof f.params)[0], (typeof f.params)[0]];
    const total = f.local(I32);
    return [
      f.forEach(counter!, get(end!), step, () => set(total, i32.add(get(total), get(counter!)))),
      get(total),
    ];
  });
}

test.each([1, 3, 63, 64, 112, 120, 1_000])('a loop in steps of %i sees each of them', (step) => {
  for (const [from, to] of [
    [0, 0],
    [5, 5],
    [5, 6],
    [0, 5 * step],
    [7, 7 + 3 * step + 1],
  ] as const) {
    let expected = 0;
    for (let i = from; i < to; i += step) expected += i;
    expect(sum(step)(from, to)).toBe(expected);
  }
});

test('a branch leaves the block that it names, however deep it stands', () => {
  const code = run([I32], I32, (f) => {
    const [value] = f.params;
    const is = (number: number) => i32.eq(get(value!), i32.const(number));
    return [
      f.block((outer) => [
        f.block((inner) =>
          f.if(i32.lt_u(get(value!), i32.const(2)), () => [
            f.brIf(outer, is(0)),
            f.while(
              () => i32.const(1),
              () => f.br(inner),
            ),
          ]),
        ),
        giveBack(i32.add(get(value!), i32.const(10))),
      ]),
      i32.const(99),
    ];
  });
  expect([0, 1, 2].map((value) => code(value))).toEqual([99, 11, 12]);
});
