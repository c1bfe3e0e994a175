import { compose, identityLike, type Renaming } from './renaming.ts';
import type { Symmetry } from './symmetry.ts';

/** A state by indices: the value of each variable and the node of each thread. */
export interface PlainState {
  readonly values: readonly number[];
  readonly nodes: readonly number[];
}

/**
 * Every renaming that the classes allow, the identity first; nothing if there are no classes. Each
 * permutation of the threads occurs once.
 */
export function permutationsOf({ classes }: Symmetry): readonly Renaming[] {
  const swaps = classes.flatMap((one) => one.swaps);
  if (swaps.length === 0) return [];
  const found = new Map<string, Renaming>();
  const add = (renaming: Renaming) => {
    const key = renaming.threads.join();
    if (!found.has(key)) found.set(key, renaming);
  };
  add(identityLike(swaps[0]!));
  for (const renaming of found.values()) {
    for (const swap of swaps) add(compose(renaming, swap));
  }
  return [...found.values()];
}

/** The state in which everything is renamed. */
export function rename({ values, nodes }: PlainState, renaming: Renaming): PlainState {
  const newValues = new Array<number>(values.length);
  const newNodes = new Array<number>(nodes.length);
  values.forEach((value, variable) => {
    newValues[renaming.variables[variable]!] = renaming.values[variable]![value]!;
  });
  nodes.forEach((node, thread) => {
    newNodes[renaming.threads[thread]!] = renaming.nodes[thread]![node]!;
  });
  return { values: newValues, nodes: newNodes };
}

/**
 * The least of all renamed states, compared by nodes first and then by values, and the first of
 * the renamings that lead to it. Slow and obvious: the search has a faster way to the same state.
 *
 * @param renamings what `permutationsOf` returned; not empty
 */
export function canonicalize(
  state: PlainState,
  renamings: readonly Renaming[],
): { readonly state: PlainState; readonly renaming: Renaming } {
  return renamings
    .map((renaming) => ({ state: rename(state, renaming), renaming }))
    .reduce((least, next) => (isLess(next.state, least.state) ? next : least));
}

function isLess(one: PlainState, other: PlainState): boolean {
  const left = [...one.nodes, ...one.values];
  const right = [...other.nodes, ...other.values];
  const place = left.findIndex((item, i) => item !== right[i]);
  return place >= 0 && left[place]! < right[place]!;
}
