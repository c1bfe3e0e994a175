import type { Field } from '../search/layout.ts';
import { permutationsOf } from '../symmetry/canonical.ts';
import type { Renaming } from '../symmetry/renaming.ts';
import type { Symmetry, ThreadClass } from '../symmetry/symmetry.ts';
import {
  type Code,
  get,
  I32,
  I64,
  i32,
  i64,
  type Local,
  NOTHING,
  select,
  set,
} from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { type Columns, columnsOf, widthOf } from './columns.ts';
import { type Generator, widen } from './generator.ts';

/** Code that replaces the state in `words` by the representative of its orbit. */
export type Canonical = (f: FunctionBuilder, words: readonly Local[]) => Code;

/**
 * The representative of an orbit: where renamings only exchange columns, the state with its columns
 * in order; else the least of all renamed states. `canonicalize` in `checker/symmetry/` is the slow
 * twin, with another order.
 */
export function canonicalOf(generator: Generator, symmetry: Symmetry): Canonical | undefined {
  if (symmetry.classes.length === 0) return undefined;
  const columns = columnsOf(symmetry, generator.prepared.layout);
  if (columns !== undefined) {
    const whole = columns.map((one, i) => withBits(one, symmetry.classes[i]!, generator));
    return (f, words) => whole.map((one) => sort(f, words, one));
  }
  const [, ...renamings] = permutationsOf(symmetry);
  const tables = new RenamedFields(generator);
  return (f, words) => leastOf(f, words, renamings, tables);
}

/** The bits that states carry for each thread come lowest: they do not matter for the order. */
function withBits(columns: Columns, { threads }: ThreadClass, { bits }: Generator): Columns {
  return columns.map((column, i) => {
    const bit = bits?.fields[threads[i]!];
    return bit === undefined ? column : [bit, ...column];
  });
}

/** Puts the columns of one class in ascending order, by a network of comparisons. */
function sort(f: FunctionBuilder, words: readonly Local[], columns: Columns): Code {
  const keys = columns.map(() => f.local(I64));
  const [low, isLess] = [f.local(I64), f.local(I32)];
  const exchanges = keys.flatMap((_, end) =>
    keys.slice(0, keys.length - 1 - end).map((key, i) => {
      const next = keys[i + 1]!;
      return [
        set(isLess, i64.lt_u(get(next), get(key))),
        set(low, select(get(next), get(key), get(isLess))),
        set(next, select(get(key), get(next), get(isLess))),
        set(key, get(low)),
      ];
    }),
  );
  return [
    keys.map((key, i) => set(key, keyOf(words, columns[i]!))),
    exchanges,
    words.map((word, i) => rebuild(word, i, keys, columns)),
  ];
}

/** The fields of a column side by side, the first one lowest. */
function keyOf(words: readonly Local[], column: readonly Field[]): Code {
  let at = 0;
  const parts = column.map((field) => {
    const { word, shift, mask } = widen(field);
    const value = i64.and(
      i64.shr_u(get(words[word]!), i64.const(BigInt(shift))),
      i64.const(BigInt(mask)),
    );
    const placed = i64.shl(value, i64.const(BigInt(at)));
    at += widthOf(field);
    return placed;
  });
  return parts.reduce((key, part) => i64.or(key, part));
}

/** Puts the columns back into one of the words. */
function rebuild(word: Local, number: number, keys: readonly Local[], columns: Columns): Code {
  let kept = -1n;
  const parts = columns.flatMap((column, i) => {
    let at = 0;
    return column.flatMap((field) => {
      const { word: own, shift, mask } = widen(field);
      const from = at;
      at += widthOf(field);
      if (own !== number) return [];
      kept &= ~(BigInt(mask) << BigInt(shift));
      const value = i64.and(
        i64.shr_u(get(keys[i]!), i64.const(BigInt(from))),
        i64.const(BigInt(mask)),
      );
      return [i64.shl(value, i64.const(BigInt(shift)))];
    });
  });
  if (parts.length === 0) return NOTHING;
  const others = i64.and(get(word), i64.const(kept));
  return set(
    word,
    parts.reduce((all, part) => i64.or(all, part), others),
  );
}

/** The least of the state and its images under `renamings`. */
function leastOf(
  f: FunctionBuilder,
  words: readonly Local[],
  renamings: readonly Renaming[],
  fields: RenamedFields,
): Code {
  const original = words.map(() => f.local(I64));
  const image = words.map(() => f.local(I64));
  const isLess = f.local(I32);
  return [
    original.map((local, i) => set(local, get(words[i]!))),
    renamings.map((renaming) => [
      image.map((local, i) => set(local, fields.imageOf(f, original, renaming, i))),
      set(isLess, lessThan(image, words)),
      words.map((word, i) => set(word, select(get(image[i]!), get(word), get(isLess)))),
    ]),
  ];
}

/** Compares two states word by word, the first one first. */
function lessThan(left: readonly Local[], right: readonly Local[]): Code {
  const [a, ...lefts] = left;
  const [b, ...rights] = right;
  const less = i64.lt_u(get(a!), get(b!));
  if (lefts.length === 0) return less;
  return i32.or(less, i32.and(i64.eq(get(a!), get(b!)), lessThan(lefts, rights)));
}

/** Code for the image of a state under a renaming. */
class RenamedFields {
  private readonly generator: Generator;

  constructor(generator: Generator) {
    this.generator = generator;
  }

  imageOf(f: FunctionBuilder, words: readonly Local[], renaming: Renaming, word: number): Code {
    const { variableFields, threadFields } = this.generator.prepared.layout;
    const moves = [
      ...variableFields.map((from, i) => ({
        from,
        to: variableFields[renaming.variables[i]!]!,
        map: renaming.values[i]!,
      })),
      ...threadFields.map((from, i) => ({
        from,
        to: threadFields[renaming.threads[i]!]!,
        map: renaming.nodes[i]!,
      })),
    ];
    return moves
      .filter(({ to }) => widen(to).word === word && to.mask !== 0)
      .map(({ from, to, map }) => {
        const value = this.generator.read(words, from);
        const isSame = map.every((item, i) => item === i);
        const renamed = isSame ? value : this.lookUp(f, value, map);
        return i64.shl(i64.extend(renamed), i64.const(BigInt(widen(to).shift)));
      })
      .reduce<Code>((all, part) => i64.or(all, part), i64.const(0n));
  }

  private lookUp(f: FunctionBuilder, value: Code, map: readonly number[]): Code {
    const local = f.local(I32);
    const table = this.generator.map.table(new Uint8Array(Int32Array.from(map).buffer));
    return [set(local, i32.shl(value, i32.const(2))), i32.load(get(local), table)];
  }
}
