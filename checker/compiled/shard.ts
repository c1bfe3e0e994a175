import { type CompiledSearch, PAGES_MAX } from '../codegen/compile-search.ts';
import {
  CELLS,
  CHUNK_STATES_LOG2,
  CHUNKS_LOG2,
  HEADER,
  HEADER_BYTES,
  PAGE_BYTES,
} from '../codegen/memory-map.ts';
import { NOTHING } from '../search/happenings.ts';
import { EdgeList, type Edges } from './edge-list.ts';

/** The functions that a compiled search exports. */
interface Functions {
  readonly allocate: (bytes: number) => number;
  readonly release: (address: number, bytes: number) => void;
  readonly insert: (partition: number, from: number, end: number) => void;
  readonly expand: (partition: number, from: number, to: number) => void;
  readonly judge: (partition: number, from: number, to: number) => void;
  readonly flushAll: () => void;
  readonly countMemo: () => void;
  readonly start: (partition: number) => void;
  readonly offer: (at: number) => number;
  readonly mark: (at: number) => void;
  readonly edges: (
    partition: number,
    list: number,
    listEnd: number,
    counts: number,
    enough: number,
  ) => number;
  /** Absent if states carry no bits. */
  readonly forget?: (partition: number, from: number, to: number) => void;
  /** Finishes the list that `edges` appends to. */
  readonly locateAll: () => void;
  readonly leading: Question;
  readonly failing: Question;
}

/** Writes positions to a list and answers with its end; see `generateTracing`. */
type Question = (
  partition: number,
  from: number,
  to: number,
  list: number,
  claim: number,
) => number;

/** Called when the buffer of a partition that is stored elsewhere is full. */
export type Ship = (partition: number) => void;

/** Room for the marks that rebuild a schedule: one bit each, chosen by hash. */
const MARKS_BYTES = 1 << 20;
/** Room for the positions that one question answers with. */
const LIST_BYTES = 1 << 14;

/** A compiled search and its module. */
export interface Loaded {
  readonly search: Omit<CompiledSearch, 'bytes'>;
  readonly module: WebAssembly.Module;
}

/**
 * One instance of a compiled search: a memory with some partitions of the visited set. Its views
 * are made anew for each look, as the memory may have grown.
 */
export class Shard {
  readonly memory: WebAssembly.Memory;
  readonly functions: Functions;
  private readonly search: Loaded['search'];
  /** The number of a list of happenings followed by another; needed while edges are listed. */
  private join = (_a: number, _b: number): number => NOTHING;

  /** @param memory of a shard that exists; absent for a new one */
  constructor({ search, module }: Loaded, ship: Ship, memory?: WebAssembly.Memory) {
    this.search = search;
    const initial = Math.ceil(search.heap / PAGE_BYTES);
    this.memory = memory ?? new WebAssembly.Memory({ initial, maximum: PAGES_MAX, shared: true });
    const join = (a: number, b: number) => this.join(a, b);
    const host = { memory: this.memory, ship, join };
    const instance = new WebAssembly.Instance(module, { host });
    this.functions = instance.exports as unknown as Functions;
    if (memory === undefined) this.initialize();
  }

  /** Bytes in use: without what is free again, and without the table of chunks. */
  get memoryBytes(): number {
    const { map } = this.search;
    const chunkTable = (4 * map.partitions) << CHUNKS_LOG2;
    return this.cell('top') - chunkTable - this.cell('freeBytes');
  }

  cell(name: keyof typeof CELLS): number {
    return Number(new BigUint64Array(this.memory.buffer, CELLS[name], 1)[0]);
  }

  setCell(name: keyof typeof CELLS, value: number): void {
    new BigUint64Array(this.memory.buffer, CELLS[name], 1)[0] = BigInt(value);
  }

  /** Stores a state and answers with its partition. */
  offer(state: Int32Array): number {
    return this.functions.offer(this.post(state));
  }

  /** How many states a partition has here. */
  count(partition: number): number {
    return this.header(partition)[HEADER.count / 4]!;
  }

  own(partition: number, isOwned: boolean): void {
    const { map } = this.search;
    new Int32Array(this.memory.buffer, map.owned, map.partitions)[partition] = Number(isOwned);
  }

  /**
   * Sets how many successors may wait for each partition; none may wait now. Where there is no
   * memory for more, it stays as it is, and the memory counts as full.
   */
  setBuffers(states: number): void {
    const { map } = this.search;
    const round = (bytes: number) => Math.ceil(bytes / map.chunkBytes) * map.chunkBytes;
    const before = this.cell('buffers');
    const bufferBytes = states * map.stateBytes;
    const buffers = this.functions.allocate(round(map.partitions * bufferBytes)) >>> 0;
    if (buffers === 0) {
      if (before === 0) throw new RangeError('Array buffer allocation failed');
      return;
    }
    if (before > 0) {
      this.functions.release(before, round(map.partitions * this.cell('bufferBytes')));
    }
    this.setCell('buffers', buffers);
    this.setCell('bufferBytes', bufferBytes);
    const cursors = this.cursors();
    for (let i = 0; i < cursors.length; i++) cursors[i] = buffers + i * bufferBytes;
  }

  /** What waits for a partition. */
  waiting(partition: number): Uint8Array {
    const start = this.cell('buffers') + partition * this.cell('bufferBytes');
    const end = this.cursors()[partition]! >>> 0;
    return new Uint8Array(this.memory.buffer, start, end - start);
  }

  /** Adds states that lie outside of the memory. */
  add(partition: number, states: Uint8Array): void {
    const { inbox, inboxBytes } = this.search;
    for (let at = 0; at < states.length; at += inboxBytes) {
      const part = states.subarray(at, at + inboxBytes);
      new Uint8Array(this.memory.buffer, inbox, part.length).set(part);
      this.functions.insert(partition, inbox, inbox + part.length);
    }
  }

  /**
   * The states of a partition from position `from` up to `to`, as packed words: pieces that are
   * each contiguous in memory.
   */
  *states(partition: number, from: number, to: number): Generator<Int32Array> {
    const { map } = this.search;
    const perChunk = 1 << CHUNK_STATES_LOG2;
    for (let position = from; position < to; ) {
      const chunk = this.chunkAddress(partition, position >> CHUNK_STATES_LOG2);
      const inChunk = position & (perChunk - 1);
      const count = Math.min(to - position, perChunk - inChunk);
      const words = map.stateBytes / 4;
      yield new Int32Array(this.memory.buffer, chunk + inChunk * map.stateBytes, count * words);
      position += count;
    }
  }

  /** Clears the marks of states, or makes room for them; answers whether there is room. */
  clearMarks(): boolean {
    let at = this.cell('marks');
    if (at === 0) {
      at = this.functions.allocate(MARKS_BYTES + LIST_BYTES) >>> 0;
      if (at === 0) return false;
      this.setCell('marks', at);
      this.setCell('marksMask', 8 * MARKS_BYTES - 1);
    }
    new Uint8Array(this.memory.buffer, at, MARKS_BYTES).fill(0);
    return true;
  }

  /** Marks a state. */
  mark(state: Int32Array): void {
    this.functions.mark(this.post(state));
  }

  /**
   * Shows states of a partition, from position `from` up to `to`: those from which a step may lead
   * to a marked state, or violates the claim (`leading`); or those that violate it (`failing`).
   */
  ask(
    question: 'leading' | 'failing',
    partition: number,
    from: number,
    to: number,
    claim: number,
    show: (words: Int32Array, at: number) => void,
  ): void {
    const { map } = this.search;
    const list = this.cell('marks') + MARKS_BYTES;
    const claimAt = map.failures + 8 * claim;
    for (let start = from; start < to; start += LIST_BYTES / 4) {
      const end = Math.min(to, start + LIST_BYTES / 4);
      const listEnd = this.functions[question](partition, start, end, list, claimAt) >>> 0;
      for (const position of new Uint32Array(this.memory.buffer, list, (listEnd - list) / 4)) {
        for (const words of this.states(partition, position, position + 1)) show(words, 0);
      }
    }
  }

  /**
   * Numbers all states of a search that is stored here: by partition, and by position within it.
   *
   * @returns per partition the number of its first state, and behind them how many there are
   */
  numberStates(): Uint32Array {
    const { map } = this.search;
    const bases = new Uint32Array(map.partitions + 1);
    for (let partition = 0; partition < map.partitions; partition++) {
      bases[partition + 1] = bases[partition]! + this.count(partition);
    }
    new Uint32Array(this.memory.buffer, map.bases, map.partitions).set(bases.subarray(0, -1));
    return bases;
  }

  /**
   * Shows the edges of states, in the order of their numbers.
   *
   * @param isChosen whether to show those of a state
   * @param join says how lists of happenings follow each other
   * @throws RangeError if there is no memory for it
   */
  eachEdges(
    threads: number,
    isChosen: (state: number) => boolean,
    join: Shard['join'],
    show: (edges: Edges) => void,
  ): void {
    this.join = join;
    const list = new EdgeList(this, this.search.map, threads);
    try {
      let state = 0;
      for (let partition = 0; partition < this.search.map.partitions; partition++) {
        const chosen: number[] = [];
        const count = this.count(partition);
        for (let position = 0; position < count; position++) {
          if (isChosen(state++)) chosen.push(position);
        }
        list.append(partition, chosen, show);
      }
      list.show(show);
    } finally {
      list.release();
    }
  }

  /**
   * While some entries of the tables of steps have no successors, does something.
   *
   * @param entries by their addresses
   */
  without<R>(entries: readonly number[], action: () => R): R {
    const fields = () => new Int32Array(this.memory.buffer);
    const before = entries.map((address) => fields()[address / 4]!);
    for (const address of entries) fields()[address / 4] = 0;
    try {
      return action();
    } finally {
      entries.forEach((address, i) => {
        fields()[address / 4] = before[i]!;
      });
    }
  }

  /** By claim number, the length of the first failure seen here; -1 if there is none. */
  failures(): readonly number[] {
    const { map, claimIds } = this.search;
    return Array.from(new BigInt64Array(this.memory.buffer, map.failures, claimIds.length), Number);
  }

  /** By claim number, how often its premise was met, beside what the lists count. */
  premises(): readonly number[] {
    const { map, claimIds } = this.search;
    this.functions.countMemo();
    return Array.from(new BigInt64Array(this.memory.buffer, map.premises, claimIds.length), Number);
  }

  /** By list of happenings, how often it came to pass. */
  tallies(): readonly number[] {
    const { map, lists } = this.search;
    return Array.from(new BigInt64Array(this.memory.buffer, map.tallies, lists), Number);
  }

  /** How often the passage with this counter was taken. */
  passages(address: number): number {
    return Number(new BigInt64Array(this.memory.buffer, address, 1)[0]);
  }

  /** For each pair of steps that may meet, 1 if they did here: see `MeetingTable`. */
  meetings(): Uint8Array {
    const { address, bytes } = this.search.meetings;
    return new Uint8Array(this.memory.buffer, address, bytes);
  }

  /** By fault number, 1 if it was found. */
  faults(): Uint8Array {
    const { map, faults } = this.search;
    return new Uint8Array(this.memory.buffer, map.faults, faults.length).slice();
  }

  /** Forgets all states of a partition and frees their memory. */
  empty(partition: number): void {
    const { map } = this.search;
    const header = this.header(partition);
    const count = header[HEADER.count / 4]!;
    this.setCell('states', this.cell('states') - count);
    const chunks = Math.ceil(count / (1 << CHUNK_STATES_LOG2));
    for (let i = 0; i < chunks; i++) {
      this.functions.release(this.chunkAddress(partition, i), map.chunkBytes);
    }
    const [index, size] = [header[HEADER.index / 4]!, header[HEADER.indexSize / 4]!];
    if (index !== 0) this.functions.release(index, 4 * size);
    this.header(partition).fill(0);
  }

  private initialize(): void {
    const { image, heap, map, claimIds } = this.search;
    const bytes = new Uint8Array(this.memory.buffer);
    for (const { address, bytes: content } of image) bytes.set(content, address);
    new BigInt64Array(this.memory.buffer, map.failures, claimIds.length).fill(-1n);
    this.setCell('top', heap);
    this.setCell('topMax', PAGES_MAX * PAGE_BYTES);
  }

  /** Puts one state where functions can read it. */
  private post(state: Int32Array): number {
    const { inbox, map } = this.search;
    const words = new Int32Array(this.memory.buffer, inbox, map.stateBytes / 4);
    words.fill(0);
    words.set(state);
    return inbox;
  }

  private chunkAddress(partition: number, chunk: number): number {
    const at = this.search.map.chunks + 4 * ((partition << CHUNKS_LOG2) + chunk);
    return new Uint32Array(this.memory.buffer, at, 1)[0]!;
  }

  private header(partition: number): Int32Array {
    const at = this.search.map.headers + partition * HEADER_BYTES;
    return new Int32Array(this.memory.buffer, at, HEADER_BYTES / 4);
  }

  private cursors(): Int32Array {
    const { map } = this.search;
    return new Int32Array(this.memory.buffer, map.cursors, map.partitions);
  }
}
