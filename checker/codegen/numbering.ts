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
  set,
} from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { Declared } from '../wasm/module-builder.ts';
import { allOf, type Generator } from './generator.ts';
import {
  FINGERPRINT_SHIFT,
  fingerprint,
  hash,
  POSITION_MASK,
  partitionOf,
  slotOf,
} from './hash.ts';
import { BLOCK_STATES, CELLS, HEADER } from './memory-map.ts';
import { headerAddress, stateAddress } from './visited-set.ts';

/** An edge in a list: the number of the state it ends in. */
export const EDGE_BYTES = 4;

/**
 * Generates `number(end)`: appends edges to the list that ends at `CELLS.listEnd`, one for each
 * state in the scratch area up to `end`. All of them must be stored in this memory. The number of a
 * state is its position plus the number of the first state of its partition, from
 * `MemoryMap.bases`. Where the list has no room for them, the memory counts as full.
 *
 * As in the search, states wait in the buffers of their partitions until there are many, and with
 * each the place of its edge. So the list is whole only after `locateAll()`, which is exported.
 */
export function generateNumber(generator: Generator): Declared {
  const { module, map } = generator;
  const locate = module.declare([I32], []);
  module.define(locate, (f) => new Locating(generator, f).code());
  module.exported('locateAll', [], [], (f) => {
    const partition = f.local(I32);
    return f.forEach(partition, i32.const(map.partitions), 1, () => call(locate, get(partition)));
  });
  const number = module.declare([I32], []);
  module.define(number, (f) => append(generator, f, locate));
  return number;
}

/** Puts the states in the scratch area into the buffers, and makes room for their edges. */
function append(generator: Generator, f: FunctionBuilder, locate: Declared): Code {
  const { map } = generator;
  const [end] = f.params as [Local];
  const words = generator.words(f);
  const hashed = f.local(I64);
  const [at, happened, partition, cursor, edge] = [
    f.local(I32),
    f.local(I32),
    f.local(I32),
    f.local(I32),
    f.local(I32),
  ];
  const slot = i32.shl(get(partition), i32.const(2));
  const bytes = i32.div_u(i32.sub(get(end), i32.const(map.scratch)), bytesPerEdge(generator));
  const room = i32.sub(i32.load(i32.const(CELLS.listMax)), get(edge));
  const bufferBytes = i32.load(i32.const(CELLS.bufferBytes));
  const nextBuffer = i32.mul(i32.add(get(partition), i32.const(1)), bufferBytes);
  return [
    set(edge, i32.load(i32.const(CELLS.listEnd))),
    f.if(i32.gt_u(bytes, room), () => [
      i32.store(i32.const(CELLS.memoryFull), i32.const(1)),
      giveBack(),
    ]),
    set(at, i32.const(map.scratch)),
    set(happened, i32.const(map.happened)),
    f.forEach(at, get(end), map.stateBytes, () => [
      generator.loadWords(words, get(at)),
      hash(allOf(words), hashed),
      set(partition, partitionOf(hashed, map.partitionBits)),
      set(cursor, i32.load(slot, map.cursors)),
      generator.storeWords(words, get(cursor)),
      i32.store(placeOf(generator, cursor), get(edge)),
      i32.store(i32.add(get(edge), i32.load(i32.const(CELLS.listBytes))), i32.load(get(happened))),
      set(edge, i32.add(get(edge), i32.const(EDGE_BYTES))),
      set(happened, i32.add(get(happened), i32.const(4))),
      set(cursor, i32.add(get(cursor), i32.const(map.stateBytes))),
      i32.store(slot, get(cursor), map.cursors),
      f.if(i32.eq(get(cursor), i32.add(i32.load(i32.const(CELLS.buffers)), nextBuffer)), () =>
        call(locate, get(partition)),
      ),
    ]),
    i32.store(i32.const(CELLS.listEnd), get(edge)),
  ];
}

/** Where the address of its edge is kept for a state in a buffer. */
function placeOf(generator: Generator, at: Local): Code {
  const offset = i32.sub(get(at), i32.load(i32.const(CELLS.buffers)));
  const nth = i32.div_u(offset, bytesPerEdge(generator));
  return i32.add(i32.load(i32.const(CELLS.edgePlaces)), nth);
}

/** Bytes of states for each byte of their edges: a whole number, as words have 8 bytes. */
function bytesPerEdge({ map }: Generator): Code {
  return i32.const(map.stateBytes / EDGE_BYTES);
}

/**
 * `locate(partition)`: writes the numbers of the states in its buffer to the places of their edges.
 * As in `Insert`, the lookups of a block of states touch memory before one waits for it.
 */
class Locating {
  private readonly generator: Generator;
  private readonly f: FunctionBuilder;
  private readonly words: readonly Local[];
  private readonly hashed: Local;
  private readonly partition: Local;
  private readonly index: Local;
  private readonly size: Local;
  private readonly base: Local;
  private readonly slot: Local;
  private readonly entry: Local;
  private readonly at: Local;
  private readonly lookup: Local;

  constructor(generator: Generator, f: FunctionBuilder) {
    this.generator = generator;
    this.f = f;
    this.words = generator.words(f);
    this.hashed = f.local(I64);
    [this.partition] = f.params as [Local];
    this.index = f.local(I32);
    this.size = f.local(I32);
    this.base = f.local(I32);
    this.slot = f.local(I32);
    this.entry = f.local(I32);
    this.at = f.local(I32);
    this.lookup = f.local(I32);
  }

  code(): Code {
    const { f, generator, partition } = this;
    const { map } = generator;
    const [header, start, from] = [f.local(I32), f.local(I32), f.local(I32)];
    const [end, blockEnd] = [f.local(I32), f.local(I32)];
    const cursor = i32.shl(get(partition), i32.const(2));
    const offset = i32.mul(get(partition), i32.load(i32.const(CELLS.bufferBytes)));
    return [
      set(header, headerAddress(generator, partition)),
      set(this.index, i32.load(get(header), HEADER.index)),
      set(this.size, i32.load(get(header), HEADER.indexSize)),
      set(this.base, i32.load(cursor, map.bases)),
      set(start, i32.add(i32.load(i32.const(CELLS.buffers)), offset)),
      set(end, i32.load(cursor, map.cursors)),
      set(from, get(start)),
      f.while(
        () => i32.lt_u(get(from), get(end)),
        () => [
          set(blockEnd, i32.add(get(from), i32.const(BLOCK_STATES * map.stateBytes))),
          f.if(i32.gt_u(get(blockEnd), get(end)), () => set(blockEnd, get(end))),
          this.eachState(from, blockEnd, this.touch()),
          this.eachState(from, blockEnd, this.find()),
          set(from, get(blockEnd)),
        ],
      ),
      i32.store(cursor, get(start), map.cursors),
    ];
  }

  private eachState(from: Local, blockEnd: Local, body: Code): Code {
    const { f, generator, at, lookup } = this;
    const { map } = generator;
    return [
      set(at, get(from)),
      set(lookup, i32.const(map.hashes)),
      f.forEach(at, get(blockEnd), map.stateBytes, () => [
        generator.loadWords(this.words, get(at)),
        body,
        set(lookup, i32.add(get(lookup), i32.const(8))),
      ]),
    ];
  }

  /** Notes where the lookup of a state begins. */
  private touch(): Code {
    const { generator, hashed, slot, lookup } = this;
    const { partitionBits } = generator.map;
    return [
      hash(allOf(this.words), hashed),
      set(slot, slotOf(hashed, i64.extend(get(this.size)), partitionBits)),
      i32.store(get(lookup), get(slot)),
      i32.store(get(lookup), fingerprint(hashed, partitionBits), 4),
      // Stored, so that the load is not optimised away.
      i32.store(i32.const(0), this.entryNow()),
    ];
  }

  /** Writes the number of a state. */
  private find(): Code {
    const { f, generator, slot, entry, lookup } = this;
    const [print, position, known] = [f.local(I32), f.local(I32), f.local(I32)];
    return [
      set(slot, i32.load(get(lookup))),
      set(print, i32.load(get(lookup), 4)),
      f.block((found) =>
        f.loop((again) => [
          set(entry, this.entryNow()),
          f.if(
            i32.eqz(i32.shr_u(i32.xor(get(entry), get(print)), i32.const(FINGERPRINT_SHIFT))),
            () => [
              set(position, i32.sub(i32.and(get(entry), i32.const(POSITION_MASK)), i32.const(1))),
              set(known, stateAddress(generator, get(this.partition), position)),
              f.brIf(found, i32.eqz(generator.differs(this.words, known))),
            ],
          ),
          set(slot, i32.add(get(slot), i32.const(1))),
          f.if(i32.eq(get(slot), get(this.size)), () => set(slot, i32.const(0))),
          f.br(again),
        ]),
      ),
      i32.store(i32.load(placeOf(generator, this.at)), i32.add(get(position), get(this.base))),
    ];
  }

  private entryNow(): Code {
    return i32.load(i32.add(get(this.index), i32.shl(get(this.slot), i32.const(2))));
  }
}
