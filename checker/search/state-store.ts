import { hashState } from './hash.ts';
import type { Layer } from './layer.ts';
import type { Levels, Show } from './shortest-schedule.ts';
import { Slice } from './slice.ts';

/** The visited set is cut into this many slices by the top bits of the hash. */
const SLICE_BITS = 9;
export const SLICE_COUNT = 1 << SLICE_BITS;

/** How many states may wait for each slice. */
const WAITING_MIN = 64;
const WAITING_MAX = 1 << 13;

/**
 * All states found so far, by slice and, within a slice, by level of the breadth-first search.
 *
 * Successors are not looked up one by one, each a cache miss: they wait for their slice until many
 * do, so that the slice is brought into the cache once for all of them.
 */
export class StateStore implements Levels {
  readonly slices: readonly Slice[];
  /** `levelStarts[level][slice]`: the first position of the level in the slice's log. */
  readonly levelStarts: Int32Array[] = [new Int32Array(SLICE_COUNT)];
  states = 0;
  private readonly wordCount: number;
  private readonly onNew: (log: Int32Array, at: number) => void;
  /** How many states may wait for each slice now; grows with the slices. */
  private capacity = WAITING_MIN;
  /** Waiting states, `capacity` for each slice. */
  private waiting: Int32Array;
  private readonly waitingCounts = new Int32Array(SLICE_COUNT);

  /** @param onNew is shown each state when it turns out to be new */
  constructor(wordCount: number, onNew: (log: Int32Array, at: number) => void) {
    this.wordCount = wordCount;
    this.slices = Array.from({ length: SLICE_COUNT }, () => new Slice(wordCount));
    this.waiting = new Int32Array(SLICE_COUNT * WAITING_MIN * wordCount);
    this.onNew = (log, at) => {
      this.states++;
      onNew(log, at);
    };
  }

  get memoryBytes(): number {
    const levels = this.levelStarts.length * SLICE_COUNT * Int32Array.BYTES_PER_ELEMENT;
    const fixed = levels + this.waiting.byteLength;
    return this.slices.reduce((sum, slice) => sum + slice.memoryBytes, fixed);
  }

  /** Hands in the state at `words[at]`; it is looked up by the end of the level. */
  offer(words: Int32Array, at: number): void {
    const { wordCount, waiting, waitingCounts, capacity } = this;
    const slice = hashState(words, at, wordCount) >>> (32 - SLICE_BITS);
    const count = waitingCounts[slice]!;
    const to = (slice * capacity + count) * wordCount;
    for (let i = 0; i < wordCount; i++) waiting[to + i] = words[at + i]!;
    waitingCounts[slice] = count + 1;
    if (count + 1 === capacity) this.flush(slice);
  }

  /** Looks up all that was offered; what is found from now on belongs to the next level. */
  endLevel(): void {
    for (let slice = 0; slice < SLICE_COUNT; slice++) this.flush(slice);
    this.levelStarts.push(Int32Array.from(this.slices, (slice) => slice.count));
    // A quarter of a slice, so that most lookups find in the cache what others brought there.
    while (this.capacity < WAITING_MAX && this.capacity < this.states / SLICE_COUNT / 4) {
      this.capacity *= 2;
      this.waiting = new Int32Array(SLICE_COUNT * this.capacity * this.wordCount);
    }
  }

  /** Whether the state at `words[at]` was found. */
  has(words: Int32Array, at: number): boolean {
    return this.locate(words, at).position >= 0;
  }

  /** Where the state at `words[at]` is: its slice, and its position there or -1. */
  locate(words: Int32Array, at: number): { readonly slice: number; readonly position: number } {
    const slice = hashState(words, at, this.wordCount) >>> (32 - SLICE_BITS);
    return { slice, position: this.slices[slice]!.find(words, at) };
  }

  /** Shows all states of a level. */
  eachPredecessor(level: number, _layer: Layer | undefined, _claim: string, show: Show): void {
    const [starts, ends] = [this.levelStarts[level]!, this.levelStarts[level + 1]!];
    this.slices.forEach(({ log }, slice) => {
      for (let position = starts[slice]!; position < ends[slice]!; position++) {
        show(log, position * this.wordCount);
      }
    });
  }

  private flush(slice: number): void {
    const { wordCount, waiting, waitingCounts } = this;
    const from = slice * this.capacity * wordCount;
    const end = from + waitingCounts[slice]! * wordCount;
    waitingCounts[slice] = 0;
    this.slices[slice]!.addAll(waiting, from, end, this.onNew);
  }
}
