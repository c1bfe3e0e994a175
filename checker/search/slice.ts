import { hashState } from './hash.ts';

/** Cells of the index per state at the most: 10/7, and half of that right after it has grown. */
const LOAD_MAX = 0.7;

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

  constructor(wordCount: number) {
    this.wordCount = wordCount;
    this.log = new Int32Array(wordCount * 8);
  }

  get memoryBytes(): number {
    return this.log.byteLength + this.index.byteLength;
  }

  /** Adds the state at `words[at]`. Returns whether it is new; if so it is the last of the log. */
  add(words: Int32Array, at: number, hash: number): boolean {
    const { wordCount, log, index } = this;
    const mask = index.length - 1;
    let cell = hash & mask;
    for (let entry = index[cell]!; entry !== 0; entry = index[cell]!) {
      const known = (entry - 1) * wordCount;
      let i = 0;
      while (i < wordCount && log[known + i] === words[at + i]) i++;
      if (i === wordCount) return false;
      cell = (cell + 1) & mask;
    }
    this.append(words, at);
    index[cell] = this.count;
    if (this.count > index.length * LOAD_MAX) this.growIndex();
    return true;
  }

  /** The position of the state at `words[at]` in the log, or -1. */
  find(words: Int32Array, at: number, hash: number): number {
    const { wordCount, log, index } = this;
    const mask = index.length - 1;
    let cell = hash & mask;
    for (let entry = index[cell]!; entry !== 0; entry = index[cell]!) {
      const known = (entry - 1) * wordCount;
      let i = 0;
      while (i < wordCount && log[known + i] === words[at + i]) i++;
      if (i === wordCount) return entry - 1;
      cell = (cell + 1) & mask;
    }
    return -1;
  }

  private append(words: Int32Array, at: number): void {
    const { wordCount } = this;
    const to = this.count * wordCount;
    if (to + wordCount > this.log.length) {
      const states = Math.ceil((this.log.length / wordCount) * 1.25) + 8;
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
