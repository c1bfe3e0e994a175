/** The middle one; the mean of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median of the ratios of what was measured in the same round. */
export function medianRatio(ones: readonly number[], others: readonly number[]): number {
  if (ones.length !== others.length) throw new Error('a round has two sides');
  return median(ones.map((one, round) => one / others[round]!));
}
