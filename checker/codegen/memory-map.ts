import { ATOMIC_STEPS_MAX } from '../search/expander.ts';
import type { Layout } from '../search/layout.ts';

/** Cells of 8 bytes at the start of the memory: what the host sets, and what it reads. */
export const CELLS = {
  /** Steps taken so far, those to visited states included. */
  transitions: 64,
  /** Length of the schedules that end in the states that are judged. */
  length: 72,
  /** States in all partitions. */
  states: 80,
  /** 1 once memory could not be had: from then on states may be missing. */
  memoryFull: 88,
  /** Memory below this address has been handed out. */
  top: 96,
  /** No memory above this address is handed out. */
  topMax: 104,
  /** Address of the first free chunk, or 0. */
  freeChunks: 112,
  /** Bytes in free chunks. */
  freeBytes: 120,
  /** The buffers of successors, one for each partition: address of the first, bytes of each. */
  buffers: 128,
  bufferBytes: 136,
  /** The bits that `mark` sets and `candidates` looks at: address, and their number minus one. */
  marks: 144,
  marksMask: 152,
  /** Where `edges` puts the next number of a state, and where it has to stop. */
  listEnd: 160,
  listMax: 168,
  /** How far behind each is the number of the list of what happened. */
  listBytes: 176,
  /** For each state that waits in a buffer, the address of the number: address of the first. */
  edgePlaces: 184,
  /** Where `edges` puts the number of edges up to those of the next state; where it would be 0. */
  edgeEnds: 192,
  edgeZero: 200,
} as const;
const CELLS_END = 208;

/** States in one chunk of a log. */
export const CHUNK_STATES_LOG2 = 11;
/** Chunks that the log of one partition can have. */
export const CHUNKS_LOG2 = 13;
/** States that one partition can hold: their numbers plus one fit 24 bits. */
export const PARTITION_STATES_MAX = 2 ** (CHUNK_STATES_LOG2 + CHUNKS_LOG2) - 2;

/** A header of a partition: fields of 4 bytes. */
export const HEADER = { count: 0, index: 4, indexSize: 8, countMax: 12 } as const;
export const HEADER_BYTES = 16;

/** States that are looked up together. */
export const BLOCK_STATES = 64;
/** Bytes of successors that wait to be sorted into buffers: half of a first-level cache. */
const SCRATCH_BYTES = 1 << 14;

/** Places at which a model can be at fault. */
export const FAULTS_MAX = 1 << 16;

/** A page of WebAssembly memory. */
export const PAGE_BYTES = 1 << 16;

/** Bytes that the memory holds from the start. */
export interface DataSegment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** What is chosen for speed. */
export interface MapTuning {
  /** log2 of the number of partitions. */
  readonly partitionBits: number;
  /** log2 of the entries of the memo of valuations: few enough for the cache. */
  readonly memoBits: number;
}

/** How many there are of what has a place of its own. */
export interface MapSizes {
  readonly claims: number;
  /** Words of a set of claims. */
  readonly maskWords: number;
  /** Lists of happenings. */
  readonly lists: number;
  /** Passages that are counted. */
  readonly passages: number;
}

/** Where everything lies in the memory of an instance. */
export class MemoryMap {
  /** 64-bit words of a state. */
  readonly words: number;
  readonly stateBytes: number;
  readonly chunkBytes: number;
  readonly partitionBits: number;
  readonly partitions: number;
  /** Per claim number, the length of a shortest schedule that violates it, or -1. */
  readonly failures: number;
  /** Per claim number, how often it was judged with its premise met. */
  readonly premises: number;
  /** Per list of happenings, how often it came to pass. */
  readonly tallies: number;
  /** Per counted passage that is not in a table of steps, how often it was taken. */
  readonly passages: number;
  /** One byte for each place at which the model can be at fault. */
  readonly faults: number;
  readonly memo: number;
  readonly memoEntries: number;
  readonly memoEntryBytes: number;
  /** Numbers of the lists of happenings since a step began. */
  readonly events: number;
  readonly hashes: number;
  /** Successors that are not sorted into buffers yet. */
  readonly scratch: number;
  /** Numbers of the lists of happenings of the steps to them, while edges are listed. */
  readonly happened: number;
  readonly scratchEnd: number;
  readonly headers: number;
  /** Per partition, where in its buffer the next state goes. */
  readonly cursors: number;
  /** Per partition, 1 if its states are stored here. */
  readonly owned: number;
  /** Per partition, the number of its first state, once the states are numbered. */
  readonly bases: number;
  /** Per partition, the addresses of the chunks of its log. */
  readonly chunks: number;
  private end = CELLS_END;
  private readonly tables: DataSegment[] = [];

  constructor({ wordCount }: Layout, { partitionBits, memoBits }: MapTuning, sizes: MapSizes) {
    this.words = Math.ceil(wordCount / 2);
    this.stateBytes = 8 * this.words;
    this.chunkBytes = this.stateBytes << CHUNK_STATES_LOG2;
    this.partitionBits = partitionBits;
    this.partitions = 1 << partitionBits;
    this.failures = this.reserve(8 * sizes.claims);
    this.premises = this.reserve(8 * sizes.claims);
    this.tallies = this.reserve(8 * sizes.lists);
    this.passages = this.reserve(8 * sizes.passages);
    this.faults = this.reserve(FAULTS_MAX);
    // The valuation, how many states had it, which claims it meets, what has to be done about it.
    this.memoEntryBytes = this.stateBytes + 8 * (2 + sizes.maskWords);
    this.memoEntries = 1 << memoBits;
    this.memo = this.reserve(this.memoEntries * this.memoEntryBytes);
    this.events = this.reserve(4 * (ATOMIC_STEPS_MAX + 2));
    this.hashes = this.reserve(8 * BLOCK_STATES);
    this.scratch = this.reserve(2 * SCRATCH_BYTES);
    this.scratchEnd = this.scratch + SCRATCH_BYTES;
    this.happened = this.reserve((4 * 2 * SCRATCH_BYTES) / this.stateBytes);
    this.headers = this.reserve(HEADER_BYTES * this.partitions);
    this.cursors = this.reserve(4 * this.partitions);
    this.owned = this.reserve(4 * this.partitions);
    this.bases = this.reserve(4 * this.partitions);
    this.chunks = this.reserve((4 * this.partitions) << CHUNKS_LOG2);
  }

  /** Places a table that the code reads, and answers with its address. */
  table(bytes: Uint8Array): number {
    const address = this.reserve(bytes.length);
    this.tables.push({ address, bytes });
    return address;
  }

  /** What has to be in the memory before the code runs. */
  get image(): readonly DataSegment[] {
    return this.tables;
  }

  /** Where memory can be handed out from: a border between pages. */
  get heap(): number {
    return Math.ceil(this.end / PAGE_BYTES) * PAGE_BYTES;
  }

  /** Keeps bytes free for something, and answers with their address. */
  space(bytes: number): number {
    return this.reserve(bytes);
  }

  private reserve(bytes: number): number {
    const at = this.end;
    this.end += Math.ceil(bytes / 64) * 64;
    return at;
  }
}
