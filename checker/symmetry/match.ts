/**
 * Whether the items can be paired so that all pairs are the same. `same` has to say that the right
 * item is an image of the left one under some fixed map: then any pairing is as good as another.
 */
export function match<T>(
  left: readonly T[],
  right: readonly T[],
  same: (left: T, right: T) => boolean,
): boolean {
  if (left.length !== right.length) return false;
  const free = [...right];
  return left.every((item, i) => {
    // Most lists are in the same order.
    const place = free[i] !== undefined && same(item, free[i]) ? i : findSame(item, free, same);
    if (place < 0) return false;
    delete free[place];
    return true;
  });
}

function findSame<T>(
  item: T,
  free: readonly (T | undefined)[],
  same: (left: T, right: T) => boolean,
): number {
  return free.findIndex((other) => other !== undefined && same(item, other));
}
