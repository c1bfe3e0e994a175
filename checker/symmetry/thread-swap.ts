import { compose, identityLike, type Renaming, sameRenaming } from './renaming.ts';

/**
 * A verified automorphism of the transition system that swaps two threads and leaves all others,
 * though it may permute their nodes. It undoes itself.
 */
export interface ThreadSwap extends Renaming {
  readonly a: number;
  readonly b: number;
}

/**
 * Whether a swap satisfies, with `others`, the relations of neighbour swaps by which the symmetric
 * group is defined (E. H. Moore, 1897): each undoes itself, neighbours braid, all others commute.
 * Only then a permutation of threads is one renaming, however it is composed.
 */
export function composesWith(swap: ThreadSwap, others: readonly ThreadSwap[]): boolean {
  return (
    isOfOrder(2, swap) &&
    others.every((other) => {
      const areNeighbours = [other.a, other.b].some((t) => t === swap.a || t === swap.b);
      return isOfOrder(areNeighbours ? 3 : 2, compose(swap, other));
    })
  );
}

function isOfOrder(order: number, renaming: Renaming): boolean {
  let power = renaming;
  for (let i = 1; i < order; i++) power = compose(power, renaming);
  return sameRenaming(power, identityLike(renaming));
}
