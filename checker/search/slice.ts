import { hashState } from './hash.ts';

/** Entries of the index in use at the most, as a share; half of that right after it has grown. */
const LOAD_MAX = 0.7;

/** By how much the log grows when it is full. */
const LOG_GROWTH = 1.2;

/** How many lookups are prepared together. */
const BLOCK = 64;
/** The hashes of one block. */
const hashes = new Int32Array(BLOCK);

/**
 * One part of the visited set: the states themselves in order of discovery, and over them an open
 * addressing index. States are stored and compared whole.
 */
export class Slice {
  /** Packed states, one after the other; only the first `count` are in use. */
  log: Int32Array;
  count = 0;
  private readonly wordCount: number;
  /** Positions in the log plus one; 0 is free. */
  private index = new Int32Array(16);
  /** Keeps the loads of `touch` from being optimised away. */
  private touched = 0;

  constructor(wordCount: number) {
    this.wordCount = wordCount;
    this.log = new Int32Array(wordCount * 8);
  }

  get memoryBytes(): number {
    return this.log.byteLength + this.index.byteLength;
  }

  /** Adds the states from `words[from]` up to `words[end]`; `onNew` is shown those that are new. */
  addAll(
    words: Int32Array,
    from: number,
    end: number,
    onNew: (log: Int32Array, at: number) => void,
  ): void {
    const { wordCount } = this;
    for (let start = from; start < end; start += BLOCK * wordCount) {
      const stop = Math.min(end, start + BLOCK * wordCount);
      this.touch(words, start, stop);
      for (let at = start, i = 0; at < stop; at += wordCount, i++) {
        if (this.add(words, at, hashes[i]!)) onNew(this.log, (this.count - 1) * wordCount);
      }
    }
  }

  /**
   * Loads what the lookups of a block will need. These loads do not depend on each other, so the
   * processor waits for all of them at once, where the lookups would wait one by one.
   */
  private touch(words: Int32Array, start: number, stop: number): void {
    const { wordCount, index, log } = this;
    const mask = index.length - 1;
    let count = 0;
    for (let at = start; at < stop; at += wordCount) {
      const hash = hashState(words, at, wordCount);
      hashes[count++] = hash;
      this.touched ^= index[hash & mask]!;
    }
    for (let i = 0; i < count; i++) {
      const entry = index[hashes[i]! & mask]!;
      if (entry !== 0) this.touched ^= log[(entry - 1) * wordCount]!;
    }
  }

  /** The position of the state at `words[at]` in the log, or -1. */
  find(words: Int32Array, at: number): number {
    return this.index[this.cellOf(words, at, hashState(words, at, this.wordCount))]! - 1;
  }

  private add(words: Int32Array, at: number, hash: number): boolean {
    const cell = this.cellOf(words, at, hash);
    if (this.index[cell] !== 0) return false;
    this.append(words, at);
    this.index[cell] = this.count;
    if (this.count > this.index.length * LOAD_MAX) this.growIndex();
    return true;
  }

  /** The cell of the index that names the state, or the free cell where it belongs. */
  private cellOf(words: Int32Array, at: number, hash: number): number {
    const { wordCount, log, index } = this;
    const mask = index.length - 1;
    let cell = hash & mask;
    for (let entry = index[cell]!; entry !== 0; entry = index[cell]!) {
      const known = (entry - 1) * wordCount;
      let i = 0;
      while (i < wordCount && log[known + i] === words[at + i]) i++;
      if (i === wordCount) break;
      cell = (cell + 1) & mask;
    }
    return cell;
  }

  private append(words: Int32Array, at: number): void {
    const { wordCount } = this;
    const to = this.count * wordCount;
    if (to + wordCount > this.log.length) {
      const states = Math.ceil((this.log.length / wordCount) * LOG_GROWTH) + 8;
      const log = new Int32Array(states * wordCount);
      log.set(this.log);
      this.log = log;
    }
    for (let i = 0; i < wordCount; i++) this.log[to + i] = words[at + i]!;
    this.count++;
  }

  private growIndex(): void {
    const { wordCount, log, count } = this;
    const index = new Int32Array(2 * this.index.length);
    const mask = index.length - 1;
    for (let position = 0; position < count; position++) {
      let cell = hashState(log, position * wordCount, wordCount) & mask;
      while (index[cell] !== 0) cell = (cell + 1) & mask;
      index[cell] = position + 1;
    }
    this.index = index;
  }
}
