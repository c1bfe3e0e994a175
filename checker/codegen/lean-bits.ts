import type { Field, Layout } from '../search/layout.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';
import { columnsOf, KEY_BITS_MAX, widthOf } from './columns.ts';

/** Bits of a stored state that say nothing of the state: see `EdgeLean`. */
export interface LeanBits {
  /** The 64-bit word of a state that they are in. */
  readonly word: number;
  /** The bits of that word that belong to the state. */
  readonly kept: bigint;
  /** Per thread, where its bit is; none for a thread without. */
  readonly fields: readonly (Field | undefined)[];
  /** Per thread, the first of those that it can be renamed to: two are equal in one class only. */
  readonly ranks: readonly number[];
}

/**
 * Finds room for a bit of each thread that may rank below another. Threads that do not fit have
 * none, the last ones first; nothing if none has.
 *
 * @param words 64-bit words of a state
 */
export function leanBits(layout: Layout, words: number, symmetry: Symmetry): LeanBits | undefined {
  const { threadFields } = layout;
  const ranks = threadFields.map((_, thread) => {
    const own = symmetry.classes.find(({ threads }) => threads.includes(thread));
    return own?.threads[0] ?? thread;
  });
  const columns = columnsOf(symmetry, layout);
  // Bits move with the columns of their threads. Other renamings do not know of them.
  if (columns === undefined) return undefined;
  const free = widestFree(layout, words);
  const fields = new Array<Field | undefined>(threadFields.length).fill(undefined);
  for (const rank of [...new Set(ranks)].sort((a, b) => a - b)) {
    const threads = [...ranks.keys()].filter((thread) => ranks[thread] === rank);
    const isLast = threads.length === 1 && ranks.every((other) => other <= rank);
    const at = symmetry.classes.findIndex((one) => one.threads[0] === rank);
    const bits = at < 0 ? 0 : columns[at]![0]!.reduce((sum, field) => sum + widthOf(field), 0);
    if (isLast || threads.length > free.fields.length || bits >= KEY_BITS_MAX) continue;
    for (const thread of threads) fields[thread] = free.fields.shift()!;
  }
  const kept = fields.reduce(
    (mask, field) => (field === undefined ? mask : mask & ~bitIn(field)),
    (1n << 64n) - 1n,
  );
  return fields.every((field) => field === undefined)
    ? undefined
    : { word: free.word, kept, fields, ranks };
}

/** The bit of a field of one bit in its 64-bit word. */
function bitIn({ word, shift }: Field): bigint {
  return 1n << BigInt(32 * (word & 1) + shift);
}

/** The unused bits of that 64-bit word which has the most of them. */
function widestFree(
  { variableFields, threadFields }: Layout,
  words: number,
): { readonly word: number; readonly fields: Field[] } {
  const used = new Uint32Array(2 * words);
  for (const { word, shift, mask } of [...variableFields, ...threadFields]) {
    used[word]! |= mask << shift;
  }
  const freeIn = (word: number): Field[] =>
    [2 * word, 2 * word + 1].flatMap((half) =>
      Array.from({ length: 32 }, (_, shift) => ({ word: half, shift, mask: 1 })).filter(
        ({ shift }) => ((used[half]! >>> shift) & 1) === 0,
      ),
    );
  const all = Array.from({ length: words }, (_, word) => ({ word, fields: freeIn(word) }));
  return all.reduce((best, one) => (one.fields.length > best.fields.length ? one : best));
}
