import { type Code, get, I32, I64, i32, i64, type Local, set, setGlobal } from '../wasm/code.ts';
import type { Declared } from '../wasm/module-builder.ts';
import type { Canonical } from './canonical.ts';
import { allOf, type Generator } from './generator.ts';
import { hash } from './hash.ts';
import { CELLS } from './memory-map.ts';

/** The bit of a hash among the marks: the address of its byte, and its number there. */
function bitOf(hashed: Local): { readonly address: Code; readonly bit: Code } {
  const number = i32.and(
    i32.wrap(i64.shr_u(get(hashed), i64.const(20n))),
    i32.load(i32.const(CELLS.marksMask)),
  );
  return {
    address: i32.add(i32.load(i32.const(CELLS.marks)), i32.shr_u(number, i32.const(3))),
    bit: i32.and(number, i32.const(7)),
  };
}

/** Generates `look(end)`: whether one of the successors in the scratch area may be marked. */
export function generateLook(generator: Generator, canonical: Canonical | undefined): Declared {
  const { module, map, isHit } = generator;
  const look = module.declare([I32], []);
  module.define(look, (f) => {
    const [end] = f.params as [Local];
    const words = generator.words(f);
    const [at, hashed] = [f.local(I32), f.local(I64)];
    const { address, bit } = bitOf(hashed);
    return [
      set(at, i32.const(map.scratch)),
      f.forEach(at, get(end), map.stateBytes, () => [
        generator.loadWords(words, get(at)),
        canonical?.(f, words) ?? [],
        hash(allOf(words), hashed),
        f.if(i32.and(i32.shr_u(i32.load8(address), bit), i32.const(1)), () =>
          setGlobal(isHit, i32.const(1)),
        ),
      ]),
    ];
  });
  generateMark(generator, canonical);
  return look;
}

/** Generates `mark(at)`: marks the state that lies at an address. */
function generateMark(generator: Generator, canonical: Canonical | undefined): void {
  generator.module.exported('mark', [I32], [], (f) => {
    const [at] = f.params as [Local];
    const words = generator.words(f);
    const hashed = f.local(I64);
    const { address, bit } = bitOf(hashed);
    return [
      generator.loadWords(words, get(at)),
      canonical?.(f, words) ?? [],
      hash(allOf(words), hashed),
      i32.store8(address, i32.or(i32.load8(address), i32.shl(i32.const(1), bit))),
    ];
  });
}
