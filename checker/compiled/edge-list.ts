import type { MemoryMap } from '../codegen/memory-map.ts';
import { EDGE_BYTES } from '../codegen/numbering.ts';
import type { Shard } from './shard.ts';

/** Edges of consecutive states. */
export interface Edges {
  /** For each state and each thread, how many there are, as `FAILED_STEP` says. */
  readonly counts: Uint32Array;
  /** For each state, how many edges there are up to its last one, those shown before included. */
  readonly ends: Uint32Array;
  /** For each edge, the number of the state it ends in. */
  readonly targets: Int32Array;
  /** For each edge, the number of the list of happenings. */
  readonly happened: Int32Array;
}

type Show = (edges: Edges) => void;

/** Edges listed in one go: enough that many wait for each partition, if there are that many. */
const EDGES = { min: 1 << 17, max: 1 << 21 } as const;
/** Most states have more. */
const EDGES_PER_STATE = 4;
/** Positions of states handed in at a time. */
const POSITIONS = 1 << 14;

/** How many states, and how many bytes of what. */
interface Sizes {
  readonly states: number;
  readonly counts: number;
  readonly ends: number;
  readonly list: number;
  readonly all: number;
}

function sizesFor(shard: Shard, map: MemoryMap, threads: number): Sizes {
  const { partitions, stateBytes, chunkBytes } = map;
  const wanted = EDGES_PER_STATE * shard.cell('states');
  const edges = Math.min(EDGES.max, Math.max(EDGES.min, wanted));
  const states = Math.ceil(edges / EDGES_PER_STATE);
  const counts = 4 * threads * states;
  const ends = 4 * states;
  const list = EDGE_BYTES * edges;
  const waiting = (partitions * shard.cell('bufferBytes')) / stateBytes;
  const bytes = 4 * POSITIONS + counts + ends + 2 * list + EDGE_BYTES * waiting;
  return { states, counts, ends, list, all: Math.ceil(bytes / chunkBytes) * chunkBytes };
}

/** How many bytes an `EdgeList` takes. */
export function edgeListBytes(shard: Shard, map: MemoryMap, threads: number): number {
  return sizesFor(shard, map, threads).all;
}

/** Room in the memory of a shard for edges that are listed, until they are shown. */
export class EdgeList {
  private readonly shard: Shard;
  private readonly threads: number;
  private readonly statesMax: number;
  private readonly start: number;
  private readonly bytes: number;
  private readonly positions: number;
  private readonly counts: number;
  private readonly ends: number;
  private readonly list: number;
  private readonly listBytes: number;
  /** States whose edges are listed. */
  private states = 0;
  /** Edges that were shown before. */
  private shown = 0;

  /** @throws RangeError if there is no memory for it */
  constructor(shard: Shard, map: MemoryMap, threads: number) {
    this.shard = shard;
    this.threads = threads;
    const { states, counts, ends, list, all } = sizesFor(shard, map, threads);
    this.statesMax = states;
    this.listBytes = list;
    this.bytes = all;
    this.start = shard.functions.allocate(all) >>> 0;
    if (this.start === 0) throw new RangeError('Array buffer allocation failed');
    this.positions = this.start;
    this.counts = this.positions + 4 * POSITIONS;
    this.ends = this.counts + counts;
    this.list = this.ends + ends;
    this.begin();
    shard.setCell('listMax', this.list + this.listBytes);
    shard.setCell('listBytes', this.listBytes);
    shard.setCell('edgePlaces', this.list + 2 * this.listBytes);
  }

  /**
   * Lists the edges of the states at some positions of a partition. Shows what is listed whenever
   * there is no room for more.
   *
   * @throws RangeError if there is no memory for it
   */
  append(partition: number, chosen: readonly number[], show: Show): void {
    const { shard, threads, positions, list, listBytes } = this;
    // What one state adds, and what waits to be sorted, must fit behind.
    const enough = list + (3 * listBytes) / 4;
    for (let done = 0; done < chosen.length; ) {
      const size = Math.min(POSITIONS, this.statesMax - this.states, chosen.length - done);
      const room = new Uint32Array(shard.memory.buffer, positions, size);
      for (let i = 0; i < size; i++) room[i] = chosen[done + i]!;
      const counts = this.counts + 4 * threads * this.states;
      const end = positions + 4 * size;
      const to = shard.functions.edges(partition, positions, end, counts, enough) >>> 0;
      this.states += (to - positions) / 4;
      done += (to - positions) / 4;
      if (to < end || this.states === this.statesMax) this.show(show);
    }
  }

  /** Shows what is listed, and begins anew. */
  show(show: Show): void {
    const { shard, threads, list, listBytes } = this;
    shard.functions.locateAll();
    if (shard.cell('memoryFull') !== 0) throw new RangeError('Array buffer allocation failed');
    const edges = (shard.cell('listEnd') - list) / EDGE_BYTES;
    const { buffer } = shard.memory;
    show({
      counts: new Uint32Array(buffer, this.counts, threads * this.states),
      ends: new Uint32Array(buffer, this.ends, this.states),
      targets: new Int32Array(buffer, list, edges),
      happened: new Int32Array(buffer, list + listBytes, edges),
    });
    this.shown += edges;
    this.begin();
  }

  private begin(): void {
    const { shard, list } = this;
    this.states = 0;
    shard.setCell('listEnd', list);
    shard.setCell('edgeEnds', this.ends);
    // Numbers of edges wrap around as addresses do.
    shard.setCell('edgeZero', (list - EDGE_BYTES * this.shown) >>> 0);
  }

  /** Gives the memory back. */
  release(): void {
    this.shard.functions.release(this.start, this.bytes);
  }
}
