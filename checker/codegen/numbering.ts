import { type Code, get, giveBack, I32, I64, i32, i64, type Local, set } from '../wasm/code.ts';
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
/** Room for a list of edges. As far behind each is the number of the list of what happened. */
export const EDGES_BYTES = 1 << 19;

/**
 * Generates `number(end)`: appends edges to the list that ends at `CELLS.listEnd`, one for each
 * state in the scratch area up to `end`. All of them must be stored in this memory. The number of a
 * state is its position plus the number of the first state of its partition, from
 * `MemoryMap.bases`. Where the list has no room for them, the memory counts as full.
 */
export function generateNumber(generator: Generator): Declared {
  const number = generator.module.declare([I32], []);
  generator.module.define(number, (f) => new Numbering(generator, f).code());
  return number;
}

/** As in `Insert`, the lookups of a block of states touch memory before one waits for it. */
class Numbering {
  private readonly generator: Generator;
  private readonly f: FunctionBuilder;
  private readonly words: readonly Local[];
  private readonly hashed: Local;
  private readonly partition: Local;
  private readonly header: Local;
  private readonly slot: Local;
  private readonly entry: Local;
  private readonly at: Local;
  private readonly lookup: Local;

  constructor(generator: Generator, f: FunctionBuilder) {
    this.generator = generator;
    this.f = f;
    this.words = generator.words(f);
    this.hashed = f.local(I64);
    this.partition = f.local(I32);
    this.header = f.local(I32);
    this.slot = f.local(I32);
    this.entry = f.local(I32);
    this.at = f.local(I32);
    this.lookup = f.local(I32);
  }

  code(): Code {
    const { f, generator } = this;
    const { map } = generator;
    const [end] = f.params as [Local];
    const [from, blockEnd] = [f.local(I32), f.local(I32)];
    const bytes = i32.sub(get(end), i32.const(map.scratch));
    const room = i32.sub(i32.load(i32.const(CELLS.listMax)), i32.load(i32.const(CELLS.listEnd)));
    return [
      // An edge takes no more bytes than its state.
      f.if(i32.gt_u(bytes, room), () => [
        i32.store(i32.const(CELLS.memoryFull), i32.const(1)),
        giveBack(),
      ]),
      set(from, i32.const(map.scratch)),
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
    const { generator, hashed, partition, header, slot, lookup } = this;
    const { partitionBits } = generator.map;
    const size = this.f.local(I64);
    const print = fingerprint(hashed, partitionBits);
    return [
      hash(allOf(this.words), hashed),
      set(partition, partitionOf(hashed, partitionBits)),
      set(header, headerAddress(generator, partition)),
      set(size, i64.extend(i32.load(get(header), HEADER.indexSize))),
      set(slot, slotOf(hashed, size, partitionBits)),
      i32.store(get(lookup), get(slot)),
      i32.store(get(lookup), i32.or(print, get(partition)), 4),
      // Stored, so that the load is not optimised away.
      i32.store(i32.const(0), this.entryNow()),
    ];
  }

  /** Appends the number of a state. */
  private find(): Code {
    const { f, generator, partition, header, slot, entry, lookup } = this;
    const { map } = generator;
    const [print, position, known] = [f.local(I32), f.local(I32), f.local(I32)];
    const listEnd = i32.const(CELLS.listEnd);
    const nth = i32.div_u(i32.sub(get(this.at), i32.const(map.scratch)), i32.const(map.stateBytes));
    const partitionMask = i32.const(map.partitions - 1);
    return [
      set(slot, i32.load(get(lookup))),
      set(print, i32.load(get(lookup), 4)),
      set(partition, i32.and(get(print), partitionMask)),
      set(header, headerAddress(generator, partition)),
      f.block((found) =>
        f.loop((again) => [
          set(entry, this.entryNow()),
          f.if(
            i32.eqz(i32.shr_u(i32.xor(get(entry), get(print)), i32.const(FINGERPRINT_SHIFT))),
            () => [
              set(position, i32.sub(i32.and(get(entry), i32.const(POSITION_MASK)), i32.const(1))),
              set(known, stateAddress(generator, get(partition), position)),
              f.brIf(found, i32.eqz(generator.differs(this.words, known))),
            ],
          ),
          set(slot, i32.add(get(slot), i32.const(1))),
          f.if(i32.eq(get(slot), i32.load(get(header), HEADER.indexSize)), () =>
            set(slot, i32.const(0)),
          ),
          f.br(again),
        ]),
      ),
      i32.store(
        i32.load(listEnd),
        i32.add(get(position), i32.load(i32.shl(get(partition), i32.const(2)), map.bases)),
      ),
      i32.store(i32.load(listEnd), i32.load(i32.shl(nth, i32.const(2)), map.happened), EDGES_BYTES),
      i32.store(listEnd, i32.add(i32.load(listEnd), i32.const(EDGE_BYTES))),
    ];
  }

  private entryNow(): Code {
    const index = i32.load(get(this.header), HEADER.index);
    return i32.load(i32.add(index, i32.shl(get(this.slot), i32.const(2))));
  }
}
