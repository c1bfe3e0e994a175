import { hashState } from './hash.ts';
import { Slice } from './slice.ts';

/** The visited set is cut into this many slices by the top bits of the hash. */
const SLICE_BITS = 8;
export const SLICE_COUNT = 1 << SLICE_BITS;

/** States that wait for each slice before they are looked up in one go. */
const BUFFER_STATES = 512;

/** Where a state is stored. */
export interface Place {
  readonly slice: number;
  readonly position: number;
}

/**
 * All states found so far, by slice and, within a slice, by level of the breadth-first search.
 *
 * Successors are not looked up one by one, each a cache miss: they wait in a buffer for their slice,
 * which fits the cache, until the buffer is full or the level ends.
 */
export class StateStore {
  readonly slices: readonly Slice[];
  /** `levelStarts[level][slice]`: the first position of the level in the slice's log. */
  readonly levelStarts: Int32Array[] = [new Int32Array(SLICE_COUNT)];
  states = 0;
  private readonly wordCount: number;
  private readonly buffer: Int32Array;
  private readonly hashes: Int32Array;
  private readonly waiting = new Int32Array(SLICE_COUNT);
  private readonly onNew: (words: Int32Array, at: number) => void;

  /** @param onNew is shown each state when it turns out to be new */
  constructor(wordCount: number, onNew: (words: Int32Array, at: number) => void) {
    this.wordCount = wordCount;
    this.onNew = onNew;
    this.slices = Array.from({ length: SLICE_COUNT }, () => new Slice(wordCount));
    this.buffer = new Int32Array(SLICE_COUNT * BUFFER_STATES * wordCount);
    this.hashes = new Int32Array(SLICE_COUNT * BUFFER_STATES);
  }

  get memoryBytes(): number {
    return this.slices.reduce(
      (sum, slice) => sum + slice.memoryBytes,
      this.buffer.byteLength + this.hashes.byteLength + this.levelStarts.length * SLICE_COUNT * 4,
    );
  }

  /** Hands in the state at `words[at]`; it is looked up by the end of the level. */
  offer(words: Int32Array, at: number): void {
    const { wordCount, buffer, waiting } = this;
    const hash = hashState(words, at, wordCount);
    const slice = hash >>> (32 - SLICE_BITS);
    let count = waiting[slice]!;
    if (count === BUFFER_STATES) {
      this.flush(slice);
      count = 0;
    }
    const place = slice * BUFFER_STATES + count;
    const to = place * wordCount;
    for (let i = 0; i < wordCount; i++) buffer[to + i] = words[at + i]!;
    this.hashes[place] = hash;
    waiting[slice] = count + 1;
  }

  /** Looks up all that was offered; what is found from now on belongs to the next level. */
  endLevel(): void {
    for (let slice = 0; slice < SLICE_COUNT; slice++) this.flush(slice);
    this.levelStarts.push(Int32Array.from(this.slices, (slice) => slice.count));
  }

  /** Finds a stored state; `undefined` if it is not there. */
  find(words: Int32Array, at: number): Place | undefined {
    const hash = hashState(words, at, this.wordCount);
    const slice = hash >>> (32 - SLICE_BITS);
    const position = this.slices[slice]!.find(words, at, hash);
    return position < 0 ? undefined : { slice, position };
  }

  private flush(number: number): void {
    const { wordCount, buffer, hashes, onNew } = this;
    const slice = this.slices[number]!;
    const first = number * BUFFER_STATES;
    const end = first + this.waiting[number]!;
    for (let place = first; place < end; place++) {
      if (slice.add(buffer, place * wordCount, hashes[place]!)) {
        this.states++;
        onNew(slice.log, (slice.count - 1) * wordCount);
      }
    }
    this.waiting[number] = 0;
  }
}
