import type { Coverage } from '../engine/coverage.ts';
import type { Prepared } from '../search/explore.ts';
import { MeetingTable, nameTimes } from '../search/gather-coverage.ts';
import type { Loaded, Shard } from './shard.ts';

/** By cell of the thread code, how often the steps in all shards took a passage. */
export function countPassages(
  { passages }: Loaded['search'],
  shards: readonly Shard[],
): ReadonlyMap<number, number> {
  const sum = (address: number) => shards.reduce((total, one) => total + one.passages(address), 0);
  return new Map([...passages].map(([cell, address]) => [cell, sum(address)]));
}

/**
 * What was seen in all shards.
 *
 * @param passages what `countPassages` answers
 */
export function coverageOf(
  { compiled, code }: Prepared,
  passages: ReadonlyMap<number, number>,
  shards: readonly Shard[],
): Coverage {
  const times = nameTimes(compiled, code.passages, (cell) => passages.get(cell)!);
  const seen = shards.map((shard) => shard.meetings());
  const met = seen[0]!.map((_, pair) => Number(seen.some((one) => one[pair] === 1)));
  return { times, meetings: new MeetingTable(compiled).name(met) };
}
