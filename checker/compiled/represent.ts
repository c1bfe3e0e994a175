import type { Field, Layout } from '../search/layout.ts';
import type { Represent } from '../search/shortest-schedule.ts';
import { canonicalize, permutationsOf } from '../symmetry/canonical.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';

/** Finds representatives by the slow twin of the compiled code; nothing if every state is one. */
export function representBy(layout: Layout, symmetry: Symmetry): Represent | undefined {
  const renamings = permutationsOf(symmetry);
  if (renamings.length === 0) return undefined;
  const { variableFields, threadFields, wordCount } = layout;
  return (words, at) => {
    const read = ({ word, shift, mask }: Field) => (words[at + word]! >>> shift) & mask;
    const { state, renaming } = canonicalize(
      { values: variableFields.map(read), nodes: threadFields.map(read) },
      renamings,
    );
    const packed = new Int32Array(wordCount);
    const put = ({ word, shift }: Field, value: number) => {
      packed[word]! |= value << shift;
    };
    variableFields.forEach((field, i) => put(field, state.values[i]!));
    threadFields.forEach((field, i) => put(field, state.nodes[i]!));
    return { words: packed, threads: renaming.threads };
  };
}
