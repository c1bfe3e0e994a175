import type { Field, Layout } from '../search/layout.ts';
import type { Symmetry, ThreadClass } from '../symmetry/symmetry.ts';

/**
 * The threads of one class as columns: everything that belongs to a thread alone, its node first.
 * `columns[i][j]` and `columns[k][j]` have the same place in the two threads, and equal numbers
 * there mean the same.
 */
export type Columns = readonly (readonly Field[])[];

/** A key that is compared as one number must fit one. */
export const KEY_BITS_MAX = 64;

/**
 * The columns of each class, where every renaming does nothing but exchange them; nothing where
 * some renaming does more, for example to shared values that name a thread.
 */
export function columnsOf({ classes }: Symmetry, layout: Layout): readonly Columns[] | undefined {
  const columns = classes.map((one) => columnsOfClass(one, layout));
  return columns.includes(undefined) ? undefined : (columns as Columns[]);
}

function columnsOfClass({ threads, swaps }: ThreadClass, layout: Layout): Columns | undefined {
  const isPlain = swaps.every(
    ({ values, nodes }) => values.every(isIdentity) && nodes.every(isIdentity),
  );
  if (!isPlain) return undefined;
  const [first, second] = swaps;
  // What the first swap moves and the second does not belongs to the first thread; with two
  // threads one of each pair, no matter which.
  const own = first!.variables.flatMap((to, from) => {
    const isFirst = second === undefined ? from < to : second.variables[from] === from;
    return to !== from && isFirst ? [from] : [];
  });
  const variables = [own];
  for (const swap of swaps) variables.push(variables.at(-1)!.map((from) => swap.variables[from]!));
  const areAll = swaps.every((swap, i) => {
    const moved = swap.variables.filter((to, from) => to !== from).length;
    const named = new Set([...variables[i]!, ...variables[i + 1]!]);
    return moved === named.size && named.size === 2 * own.length;
  });
  const columns = threads.map((thread, i) => [
    layout.threadFields[thread]!,
    ...variables[i]!.map((variable) => layout.variableFields[variable]!),
  ]);
  const areAlike = columns.every((column) =>
    column.every(({ mask }, j) => mask === columns[0]![j]!.mask),
  );
  return areAll && areAlike && bitsOf(columns[0]!) <= KEY_BITS_MAX ? columns : undefined;
}

/** Bits of a number. */
export function widthOf({ mask }: Field): number {
  return Math.ceil(Math.log2(mask + 1));
}

function bitsOf(column: readonly Field[]): number {
  return column.reduce((sum, field) => sum + widthOf(field), 0);
}

function isIdentity(list: readonly number[]): boolean {
  return list.every((item, i) => item === i);
}
