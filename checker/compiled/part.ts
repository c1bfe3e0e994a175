import { PAGES_MAX } from '../codegen/compile-search.ts';
import { PAGE_BYTES } from '../codegen/memory-map.ts';
import type { Report } from './crew.ts';
import { isOutOfMemory } from './out-of-memory.ts';
import type { Room } from './room.ts';
import { type Loaded, Shard } from './shard.ts';

/** States expanded between two looks at mail. */
const BATCH_STATES = 2048;
/** States expanded between two looks at limits. */
const LOOK_STATES = 4096;

/** A partition that is stored by another worker. */
const ELSEWHERE = -1;

/** The most that one memory can hold. */
const SHARD_BYTES_MAX = PAGES_MAX * PAGE_BYTES;
/** When a shard has used this share of its memory it gives half of its partitions away. */
const SPLIT_SHARE = 0.85;

/**
 * The part of a search that one worker does: its partitions, in one shard, or in more where one
 * memory is too small.
 */
export class Part {
  readonly shards: Shard[] = [];
  /** Per shard, how many bytes it may use before it is split. */
  private readonly splitAt: number[] = [];
  /** States of this level that were expanded. */
  expanded = 0;
  private readonly loaded: Loaded;
  private readonly shardBytesMax: number;
  private readonly homes: Int32Array;
  private room: Room | undefined;
  /** Per partition, the positions of the level to be expanded. */
  private starts: Int32Array;
  private ends: Int32Array;
  private bufferStates: number;

  constructor(loaded: Loaded, bufferStates: number, shardBytesMax = SHARD_BYTES_MAX) {
    const { partitions } = loaded.search.map;
    this.loaded = loaded;
    this.shardBytesMax = shardBytesMax;
    this.bufferStates = bufferStates;
    this.homes = new Int32Array(partitions).fill(ELSEWHERE);
    this.starts = new Int32Array(partitions);
    this.ends = new Int32Array(partitions);
    this.addShard();
  }

  /** Shares the work: from now on, what belongs elsewhere is sent there. */
  enter(room: Room): void {
    this.room = room;
  }

  /** Undoes `enter`. */
  leave(): void {
    this.room = undefined;
  }

  get memoryBytes(): number {
    return this.shards.reduce((sum, shard) => sum + shard.memoryBytes, 0);
  }

  get isMemoryFull(): boolean {
    return this.shards.some((shard) => shard.cell('memoryFull') !== 0);
  }

  sum(name: 'states' | 'transitions'): number {
    return this.shards.reduce((total, shard) => total + shard.cell(name), 0);
  }

  /** The shard with a partition; none if another worker has it. */
  shardOf(partition: number): Shard | undefined {
    return this.shards[this.homes[partition]!];
  }

  /** Takes a partition that nobody has. */
  own(partition: number): void {
    this.homes[partition] = 0;
    this.shards[0]!.own(partition, true);
  }

  /** Adds states that come from elsewhere. */
  receive(partition: number, states: Uint8Array): void {
    const shard = this.shardOf(partition);
    if (shard === undefined) throw new Error(`partition ${partition} is stored elsewhere`);
    shard.add(partition, states);
  }

  /** Shows all states of a partition, in order. */
  copy(partition: number, take: (states: Uint8Array) => void): void {
    const shard = this.shardOf(partition)!;
    for (const words of shard.states(partition, 0, shard.count(partition))) {
      take(new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
    }
  }

  /** Lets go of a partition whose states are stored elsewhere by now. */
  giveAway(partition: number): void {
    const shard = this.shardOf(partition)!;
    shard.empty(partition);
    shard.own(partition, false);
    this.homes[partition] = ELSEWHERE;
  }

  /** Names the level to be expanded; its states are here. */
  beginAt(starts: Int32Array, ends: Int32Array): void {
    this.starts = starts.slice();
    this.ends = ends.slice();
  }

  /** Sets what is needed before a level. `length`: steps to the states that will be found. */
  prepareLevel(length: number, bufferStates: number): void {
    this.expanded = 0;
    for (const shard of this.shards) {
      shard.setCell('length', length);
      if (bufferStates !== this.bufferStates) shard.setBuffers(bufferStates);
    }
    this.bufferStates = bufferStates;
  }

  /**
   * Takes all steps from the states of the level.
   *
   * @param look called now and then: whether to go on
   */
  expandLevel(look: () => boolean): void {
    let looked = 0;
    for (let partition = 0; partition < this.homes.length; partition++) {
      if (this.homes[partition] === ELSEWHERE) continue;
      const end = this.ends[partition]!;
      for (let from = this.starts[partition]!; from < end; from += BATCH_STATES) {
        const to = Math.min(end, from + BATCH_STATES);
        this.shardOf(partition)!.functions.expand(partition, from, to);
        this.expanded += to - from;
        this.splitShards();
        this.readMail();
        if (this.expanded - looked < LOOK_STATES) continue;
        looked = this.expanded;
        if (!look()) {
          this.flush();
          return;
        }
      }
    }
    this.flush();
  }

  /** Says that nothing more will be sent, and takes what comes until nobody sends anything. */
  finishMail(look: () => void): void {
    this.room?.finishMail((partition, states) => {
      this.receive(partition, states);
      this.splitShards();
    }, look);
  }

  private readMail(): void {
    this.room?.readMail((partition, states) => this.receive(partition, states));
  }

  /** Judges the states found in the level, which become the level to be expanded. */
  judgeLevel(): void {
    [this.starts, this.ends] = [this.ends, this.starts];
    for (let partition = 0; partition < this.homes.length; partition++) {
      const shard = this.shardOf(partition);
      if (shard === undefined) continue;
      const end = shard.count(partition);
      this.ends[partition] = end;
      for (let from = this.starts[partition]!; from < end; from += BATCH_STATES) {
        shard.functions.judge(partition, from, Math.min(end, from + BATCH_STATES));
      }
    }
  }

  /** The ends of the level to be expanded, for the partitions that are here. */
  writeEnds(ends: Int32Array): void {
    this.homes.forEach((home, partition) => {
      if (home !== ELSEWHERE) ends[partition] = this.ends[partition]!;
    });
  }

  /** The same, and 0 for the others. */
  endsHere(): Int32Array {
    const ends = new Int32Array(this.homes.length);
    this.writeEnds(ends);
    return ends;
  }

  /** What the leader needs to read what was stored here. */
  report(): Report {
    const memories = this.shards.map(({ memory }) => memory);
    return { kind: 'report', memories, homes: this.homes };
  }

  /** By claim number, the length of a failure, or -1. */
  failures(): readonly number[] {
    const all = this.shards.map((shard) => shard.failures());
    return all[0]!.map((_, claim) => {
      const found = all.map((lengths) => lengths[claim]!).filter((length) => length >= 0);
      return found.length === 0 ? -1 : Math.min(...found);
    });
  }

  /** By fault number, 1 if it was found. */
  faults(): Uint8Array {
    const [first, ...others] = this.shards.map((shard) => shard.faults());
    for (const other of others) other.forEach((seen, i) => (first![i]! |= seen));
    return first!;
  }

  private flush(): void {
    for (const shard of this.shards) shard.functions.flushAll();
  }

  private addShard(): number {
    const number = this.shards.length;
    const shard = new Shard(this.loaded, (partition) => this.ship(number, partition));
    shard.setCell('topMax', this.shardBytesMax);
    shard.setBuffers(this.bufferStates);
    this.splitAt.push(this.shardBytesMax * SPLIT_SHARE);
    return this.shards.push(shard) - 1;
  }

  private addShardIfPossible(): number | undefined {
    try {
      return this.addShard();
    } catch (error) {
      if (isOutOfMemory(error)) return undefined;
      throw error;
    }
  }

  /** Takes the states that wait in a shard for a partition to where that is stored. */
  private ship(from: number, partition: number): void {
    const states = this.shards[from]!.waiting(partition);
    const home = this.shardOf(partition);
    const { room } = this;
    if (home !== undefined) home.add(partition, states);
    else if (room === undefined) throw new Error(`partition ${partition} is stored nowhere`);
    else room.send(room.ownerOf(partition), partition, states, () => this.readMail());
  }

  /** Moves half of the partitions of a shard that is nearly full to a new one. */
  private splitShards(): void {
    for (const [number, shard] of this.shards.entries()) {
      if (shard.cell('top') < this.splitAt[number]!) continue;
      // What it used up by then is free again for logs, but not for an index: next time earlier.
      this.splitAt[number] = (this.splitAt[number]! + this.shardBytesMax) / 2;
      const own = [...this.homes.keys()].filter((partition) => this.homes[partition] === number);
      const moved = own.filter((_, i) => i % 2 === 1);
      if (moved.length === 0) continue;
      const to = this.addShardIfPossible();
      if (to === undefined) return;
      const target = this.shards[to]!;
      target.setCell('length', shard.cell('length'));
      for (const partition of moved) {
        this.copy(partition, (states) => target.add(partition, states));
        // The search ends for lack of memory; until then the states stay where they all are.
        if (target.cell('memoryFull') !== 0) {
          target.empty(partition);
          return;
        }
        this.giveAway(partition);
        this.homes[partition] = to;
        target.own(partition, true);
      }
      return;
    }
  }
}
