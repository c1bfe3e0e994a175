import {
  type Code,
  call,
  get,
  giveBack,
  I32,
  I64,
  i32,
  i64,
  type Local,
  select,
  set,
  tee,
} from '../wasm/code.ts';
import type { FunctionBuilder, Label } from '../wasm/function-builder.ts';
import type { Declared } from '../wasm/module-builder.ts';
import type { Allocation } from './allocation.ts';
import type { Generator } from './generator.ts';
import { FINGERPRINT_SHIFT, fingerprint, hash, POSITION_MASK, slotOf } from './hash.ts';
import {
  BLOCK_STATES,
  CELLS,
  CHUNK_STATES_LOG2,
  CHUNKS_LOG2,
  HEADER,
  HEADER_BYTES,
  PARTITION_STATES_MAX,
} from './memory-map.ts';

/** The least page that an operating system maps. */
const SYSTEM_PAGE_BYTES = 1 << 12;

/** An index is replaced when this share of its entries is in use, as numerator and denominator. */
const LOAD_MAX = [4, 5] as const;

/** The address of a state: log of the partition, position in it. */
export function stateAddress({ map }: Generator, partition: Code, position: Local): Code {
  const chunk = i32.shr_u(get(position), i32.const(CHUNK_STATES_LOG2));
  const row = i32.shl(partition, i32.const(CHUNKS_LOG2));
  const chunkAddress = i32.load(i32.shl(i32.add(row, chunk), i32.const(2)), map.chunks);
  const inChunk = i32.and(get(position), i32.const((1 << CHUNK_STATES_LOG2) - 1));
  return i32.add(chunkAddress, i32.mul(inChunk, i32.const(map.stateBytes)));
}

/** The address of the header of a partition. */
export function headerAddress({ map }: Generator, partition: Local): Code {
  return i32.add(i32.const(map.headers), i32.mul(get(partition), i32.const(HEADER_BYTES)));
}

/**
 * Generates `insert(partition, from, end)`: adds the states that lie in this memory from `from` up
 * to `end` to a partition, unless they are there.
 *
 * A partition is a log of states in order of discovery, in chunks, and over it an index with open
 * addressing. An entry of the index is a position and eight bits of the hash, so that states are
 * compared only where these are equal; they are compared whole. `Slice` is its twin.
 */
export function generateInsert(generator: Generator, allocation: Allocation): Declared {
  const grow = generateGrow(generator, allocation);
  return generator.module.exported('insert', [I32, I32, I32], [], (f) =>
    new Insert(generator, allocation, grow, f).code(),
  );
}

class Insert {
  private readonly generator: Generator;
  private readonly allocation: Allocation;
  private readonly grow: Declared;
  private readonly f: FunctionBuilder;
  private readonly words: readonly Local[];
  private readonly partition: Local;
  private readonly at: Local;
  private readonly end: Local;
  private readonly header: Local;
  private readonly index: Local;
  private readonly size: Local;
  private readonly wideSize: Local;
  private readonly countMax: Local;
  private readonly count: Local;
  private readonly hashed: Local;
  private readonly slot: Local;
  private readonly entry: Local;
  private readonly print: Local;

  constructor(generator: Generator, allocation: Allocation, grow: Declared, f: FunctionBuilder) {
    this.generator = generator;
    this.allocation = allocation;
    this.grow = grow;
    this.f = f;
    [this.partition, this.at, this.end] = f.params as [Local, Local, Local];
    this.words = generator.words(f);
    this.header = f.local(I32);
    this.index = f.local(I32);
    this.size = f.local(I32);
    this.wideSize = f.local(I64);
    this.countMax = f.local(I32);
    this.count = f.local(I32);
    this.hashed = f.local(I64);
    this.slot = f.local(I32);
    this.entry = f.local(I32);
    this.print = f.local(I32);
  }

  code(): Code {
    const { f, generator, header, index, count, at, end } = this;
    const { map } = generator;
    const countBefore = f.local(I32);
    const blockEnd = f.local(I32);
    const blockBytes = BLOCK_STATES * map.stateBytes;
    const states = i32.const(CELLS.states);
    return [
      set(header, headerAddress(generator, this.partition)),
      set(count, i32.load(get(header), HEADER.count)),
      set(countBefore, get(count)),
      f.if(i32.eqz(i32.load(get(header), HEADER.index)), () =>
        call(this.grow, get(this.partition)),
      ),
      this.readHeader(),
      f.if(i32.eqz(get(index)), () => giveBack()),
      f.block((full) =>
        f.while(
          () => i32.lt_u(get(at), get(end)),
          () => [
            set(blockEnd, i32.add(get(at), i32.const(blockBytes))),
            f.if(i32.gt_u(get(blockEnd), get(end)), () => set(blockEnd, get(end))),
            this.touchBlock(blockEnd),
            this.addBlock(blockEnd, full),
          ],
        ),
      ),
      i32.store(get(header), get(count), HEADER.count),
      i64.store(
        states,
        i64.add(i64.load(states), i64.extend(i32.sub(get(count), get(countBefore)))),
      ),
    ];
  }

  private readHeader(): Code {
    const { header, index, size, wideSize, countMax } = this;
    return [
      set(index, i32.load(get(header), HEADER.index)),
      set(wideSize, i64.extend(tee(size, i32.load(get(header), HEADER.indexSize)))),
      set(countMax, i32.load(get(header), HEADER.countMax)),
    ];
  }

  /**
   * Hashes a block of states and loads what their lookups will need. These loads do not depend on
   * each other, so the processor waits for all of them at once.
   */
  private touchBlock(blockEnd: Local): Code {
    const { f, generator, words, hashed, index } = this;
    const { map } = generator;
    const [at, to, touched] = [f.local(I32), f.local(I32), f.local(I32)];
    return [
      set(at, get(this.at)),
      set(to, i32.const(map.hashes)),
      f.forEach(at, get(blockEnd), map.stateBytes, () => [
        generator.loadWords(words, get(at)),
        hash(generator.bare(words), hashed),
        set(this.slot, this.slotNow()),
        i32.store(get(to), get(this.slot)),
        i32.store(get(to), fingerprint(hashed, map.partitionBits), 4),
        set(to, i32.add(get(to), i32.const(8))),
        set(touched, i32.xor(get(touched), i32.load(this.entryAddress(index, get(this.slot))))),
      ]),
      // Used once, so that the loads are not optimised away.
      i32.store(i32.const(0), get(touched)),
    ];
  }

  private slotNow(): Code {
    return slotOf(this.hashed, get(this.wideSize), this.generator.map.partitionBits);
  }

  private entryAddress(index: Local, slot: Code): Code {
    return i32.add(get(index), i32.shl(slot, i32.const(2)));
  }

  private addBlock(blockEnd: Local, full: Label): Code {
    const { f, generator, words, at } = this;
    const { map } = generator;
    const from = f.local(I32);
    return [
      set(from, i32.const(map.hashes)),
      f.forEach(at, get(blockEnd), map.stateBytes, () => [
        generator.loadWords(words, get(at)),
        set(this.slot, i32.load(get(from))),
        set(this.print, i32.load(get(from), 4)),
        set(from, i32.add(get(from), i32.const(8))),
        f.block((found) => [this.probe(found), this.append(blockEnd, full)]),
      ]),
    ];
  }

  /** Leaves to `found` if the state is there, else ends with the free entry in `slot`. */
  private probe(found: Label): Code {
    const { f, generator, words, entry, print, slot, size, index } = this;
    const [position, known] = [f.local(I32), f.local(I32)];
    return f.block((free) =>
      f.loop((again) => [
        set(entry, i32.load(this.entryAddress(index, get(slot)))),
        f.brIf(free, i32.eqz(get(entry))),
        f.if(
          i32.eqz(i32.shr_u(i32.xor(get(entry), get(print)), i32.const(FINGERPRINT_SHIFT))),
          () => [
            set(position, i32.sub(i32.and(get(entry), i32.const(POSITION_MASK)), i32.const(1))),
            set(known, stateAddress(generator, get(this.partition), position)),
            f.brIf(found, i32.eqz(generator.differs(words, known))),
          ],
        ),
        set(slot, i32.add(get(slot), i32.const(1))),
        f.if(i32.eq(get(slot), get(size)), () => set(slot, i32.const(0))),
        f.br(again),
      ]),
    );
  }

  private append(blockEnd: Local, full: Label): Code {
    const { f, generator, words, count, partition, header } = this;
    const { map } = generator;
    const chunk = f.local(I32);
    const chunkNumber = i32.add(
      i32.shl(get(partition), i32.const(CHUNKS_LOG2)),
      i32.shr_u(get(count), i32.const(CHUNK_STATES_LOG2)),
    );
    return [
      // Where there is no memory the state is lost: the search ends, and says so.
      f.brIf(full, i32.load(i32.const(CELLS.memoryFull))),
      f.if(i32.eqz(i32.and(get(count), i32.const((1 << CHUNK_STATES_LOG2) - 1))), () => [
        f.brIf(full, i32.eqz(tee(chunk, call(this.allocation.chunk)))),
        i32.store(i32.shl(chunkNumber, i32.const(2)), get(chunk), map.chunks),
      ]),
      generator.storeWords(words, stateAddress(generator, get(partition), count)),
      set(count, i32.add(get(count), i32.const(1))),
      i32.store(this.entryAddress(this.index, get(this.slot)), i32.or(get(count), get(this.print))),
      f.if(i32.gt_u(get(count), get(this.countMax)), () => [
        i32.store(get(header), get(count), HEADER.count),
        call(this.grow, get(partition)),
        this.readHeader(),
        // The slots of the others in the block are those of the old index.
        set(blockEnd, i32.add(get(this.at), i32.const(map.stateBytes))),
      ]),
    ];
  }
}

/** Generates `grow(partition)`: a bigger index, or the first one. */
function generateGrow(generator: Generator, { zeroed, release }: Allocation): Declared {
  const { module, map } = generator;
  const grow = module.declare([I32], []);
  module.define(grow, (f) => {
    const [partition] = f.params as [Local];
    const words = generator.words(f);
    const [header, old, oldBytes, bytes] = [f.local(I32), f.local(I32), f.local(I32), f.local(I32)];
    const [index, size, wideSize, hashed] = [
      f.local(I32),
      f.local(I32),
      f.local(I64),
      f.local(I64),
    ];
    const [position, count, slot, entry] = [f.local(I32), f.local(I32), f.local(I32), f.local(I32)];
    const full: Code = [i32.store(i32.const(CELLS.memoryFull), i32.const(1)), giveBack()];
    return [
      set(header, headerAddress(generator, partition)),
      set(count, i32.load(get(header), HEADER.count)),
      f.if(i32.ge_u(get(count), i32.const(PARTITION_STATES_MAX)), () => full),
      set(old, i32.load(get(header), HEADER.index)),
      set(oldBytes, i32.shl(i32.load(get(header), HEADER.indexSize), i32.const(2))),
      set(bytes, i32.shl(get(oldBytes), i32.const(1))),
      f.if(i32.eqz(get(bytes)), () => set(bytes, i32.const(map.chunkBytes))),
      f.if(i32.eqz(tee(index, call(zeroed, get(bytes)))), () => giveBack()),
      set(wideSize, i64.extend(tee(size, i32.shr_u(get(bytes), i32.const(2))))),
      touchPages(f, index, bytes),
      f.forEach(position, get(count), 1, () => [
        generator.loadWords(words, stateAddress(generator, get(partition), position)),
        hash(generator.bare(words), hashed),
        set(slot, slotOf(hashed, get(wideSize), map.partitionBits)),
        f.block((free) =>
          f.loop((again) => [
            set(entry, i32.add(get(index), i32.shl(get(slot), i32.const(2)))),
            f.brIf(free, i32.eqz(i32.load(get(entry)))),
            set(slot, i32.add(get(slot), i32.const(1))),
            f.if(i32.eq(get(slot), get(size)), () => set(slot, i32.const(0))),
            f.br(again),
          ]),
        ),
        i32.store(
          get(entry),
          i32.or(i32.add(get(position), i32.const(1)), fingerprint(hashed, map.partitionBits)),
        ),
      ]),
      i32.store(get(header), get(index), HEADER.index),
      i32.store(get(header), get(size), HEADER.indexSize),
      i32.store(get(header), countMaxOf(f, size), HEADER.countMax),
      f.if(get(old), () => call(release, get(old), get(oldBytes))),
    ];
  });
  return grow;
}

/**
 * Writes to fresh memory before anything reads it. What is read first is mapped to a page of zeros,
 * and has to be mapped anew when it is written, which stops all threads of the process.
 */
function touchPages(f: FunctionBuilder, start: Local, bytes: Local): Code {
  const [at, end] = [f.local(I32), f.local(I32)];
  return [
    set(at, get(start)),
    set(end, i32.add(get(start), get(bytes))),
    f.forEach(at, get(end), SYSTEM_PAGE_BYTES, () => i32.store(get(at), i32.const(0))),
  ];
}

/** How many states an index of this size serves. */
function countMaxOf(f: FunctionBuilder, size: Local): Code {
  const byLoad = f.local(I32);
  const [numerator, denominator] = LOAD_MAX;
  return [
    set(byLoad, i32.mul(i32.div_u(get(size), i32.const(denominator)), i32.const(numerator))),
    select(
      get(byLoad),
      i32.const(PARTITION_STATES_MAX),
      i32.lt_u(get(byLoad), i32.const(PARTITION_STATES_MAX)),
    ),
  ];
}
