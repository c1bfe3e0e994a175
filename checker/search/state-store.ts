import { hashState } from './hash.ts';
import { Slice } from './slice.ts';

/** The visited set is cut into this many slices by the top bits of the hash. */
const SLICE_BITS = 8;
export const SLICE_COUNT = 1 << SLICE_BITS;

/** Where a state is stored. */
export interface Place {
  readonly slice: number;
  readonly position: number;
}

/** All states found so far, by slice and, within a slice, by level of the breadth-first search. */
export class StateStore {
  readonly slices: readonly Slice[];
  /** `levelStarts[level][slice]`: the first position of the level in the slice's log. */
  readonly levelStarts: Int32Array[] = [new Int32Array(SLICE_COUNT)];
  states = 0;
  private readonly wordCount: number;
  private readonly onNew: (log: Int32Array, at: number) => void;

  /** @param onNew is shown each state when it turns out to be new */
  constructor(wordCount: number, onNew: (log: Int32Array, at: number) => void) {
    this.wordCount = wordCount;
    this.slices = Array.from({ length: SLICE_COUNT }, () => new Slice(wordCount));
    this.onNew = (log, at) => {
      this.states++;
      onNew(log, at);
    };
  }

  get memoryBytes(): number {
    const levels = this.levelStarts.length * SLICE_COUNT * Int32Array.BYTES_PER_ELEMENT;
    return this.slices.reduce((sum, slice) => sum + slice.memoryBytes, levels);
  }

  /** Hands in the state at `words[at]`; it is looked up by the end of the level. */
  offer(words: Int32Array, at: number): void {
    const slice = this.slices[hashState(words, at, this.wordCount) >>> (32 - SLICE_BITS)]!;
    if (slice.offer(words, at)) slice.flush(this.onNew);
  }

  /** Looks up all that was offered; what is found from now on belongs to the next level. */
  endLevel(): void {
    for (const slice of this.slices) slice.flush(this.onNew);
    this.levelStarts.push(Int32Array.from(this.slices, (slice) => slice.count));
  }

  /** Finds a stored state; `undefined` if it is not there. */
  find(words: Int32Array, at: number): Place | undefined {
    const slice = hashState(words, at, this.wordCount) >>> (32 - SLICE_BITS);
    const position = this.slices[slice]!.find(words, at);
    return position < 0 ? undefined : { slice, position };
  }
}
