import { DEADLOCK } from '../language/claim.ts';
import type { Layer } from '../search/layer.ts';
import type { Levels, Show } from '../search/shortest-schedule.ts';
import type { Shard } from './shard.ts';

/** What a finished search left behind. */
export interface Stored {
  readonly shards: readonly Shard[];
  readonly shardOf: (partition: number) => Shard;
  /** `levelStarts[level][partition]`: the first position of the level. */
  readonly levelStarts: readonly Int32Array[];
  readonly claimIds: readonly string[];
  /** Words of 32 bits in a state. */
  readonly wordCount: number;
}

/**
 * The levels of a compiled search. To show few states, the goals of a layer are marked in every
 * memory, and the compiled steps look for states that lead to a mark.
 */
export class StoredLevels implements Levels {
  private readonly stored: Stored;

  constructor(stored: Stored) {
    this.stored = stored;
  }

  eachPredecessor(level: number, layer: Layer | undefined, claim: string, show: Show): void {
    const { shards, claimIds } = this.stored;
    const number = claimIds.indexOf(claim);
    if (!shards.map((shard) => shard.clearMarks()).every(Boolean)) {
      this.eachState(level, show);
      return;
    }
    if (layer === undefined) this.markFailing(level + 1, claim, number);
    else this.markLayer(layer);
    this.ask('leading', level, number, show);
  }

  /** Shows all states of a level. */
  eachState(level: number, show: Show): void {
    const { shardOf } = this.stored;
    this.eachPartition(level, (partition, from, to) => {
      const shard = shardOf(partition);
      for (let position = from; position < to; position++) {
        for (const words of shard.states(partition, position, position + 1)) show(words, 0);
      }
    });
  }

  private markFailing(level: number, claim: string, number: number): void {
    const { shards, levelStarts } = this.stored;
    if (levelStarts[level + 1] === undefined) return;
    const goals: Int32Array[] = [];
    // A deadlock shows when steps are taken; no state is marked yet, so nothing else does.
    const question = claim === DEADLOCK ? 'leading' : 'failing';
    this.ask(question, level, number, (words) => goals.push(words.slice()));
    for (const shard of shards) for (const goal of goals) shard.mark(goal);
  }

  private markLayer({ words }: Layer): void {
    const { shards, wordCount } = this.stored;
    for (const shard of shards) {
      for (let at = 0; at < words.length; at += wordCount) {
        shard.mark(words.subarray(at, at + wordCount));
      }
    }
  }

  private ask(question: 'leading' | 'failing', level: number, claim: number, show: Show): void {
    const { shardOf } = this.stored;
    this.eachPartition(level, (partition, from, to) =>
      shardOf(partition).ask(question, partition, from, to, claim, show),
    );
  }

  private eachPartition(
    level: number,
    visit: (partition: number, from: number, to: number) => void,
  ): void {
    const [starts, ends] = [this.stored.levelStarts[level]!, this.stored.levelStarts[level + 1]!];
    starts.forEach((from, partition) => {
      if (from < ends[partition]!) visit(partition, from, ends[partition]!);
    });
  }
}
