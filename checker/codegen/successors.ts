import { NOTHING } from '../search/happenings.ts';
import {
  type Code,
  call,
  get,
  getGlobal,
  giveBack,
  I32,
  I64,
  i32,
  type Local,
  select,
  set,
  tee,
} from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { Declared } from '../wasm/module-builder.ts';
import type { Canonical } from './canonical.ts';
import { allOf, changeGlobal, type Generator } from './generator.ts';
import { hash, partitionOf } from './hash.ts';
import { generateLook } from './marks.ts';
import { CELLS } from './memory-map.ts';
import { generateNumber } from './numbering.ts';

/** Functions that take successors from where steps leave them to the partitions they belong to. */
export interface Successors {
  /** `(words, out)`: hands in one successor, answers with the address for the next. */
  readonly emit: Declared;
  /** `(end)`: sorts the successors in the scratch area, up to `end`, into the buffers. */
  readonly sort: Declared;
}

/**
 * Generates the way of successors: scratch area, buffer of the partition, partition. A full buffer
 * is inserted in one go, so that its part of the visited set is in the cache for all its states.
 *
 * @param settle judges the step that ends in a state
 * @param canonical makes a state the representative of its orbit
 */
export function generateSuccessors(
  generator: Generator,
  insert: Declared,
  settle: Declared,
  canonical: Canonical | undefined,
): Successors {
  const { module, map, wordTypes } = generator;
  const flush = generateFlush(generator, insert);
  const look = generateLook(generator, canonical);
  const number = generateNumber(generator);

  const sort = module.declare([I32], []);
  module.define(sort, (f) => {
    const [end] = f.params as [Local];
    const words = generator.words(f);
    const hashed = f.local(I64);
    const [at, partition, cursor] = [f.local(I32), f.local(I32), f.local(I32)];
    const [buffers, bufferBytes] = [f.local(I32), f.local(I32)];
    const slot = i32.shl(get(partition), i32.const(2));
    return [
      f.if(getGlobal(generator.isTracing), () => [call(look, get(end)), giveBack()]),
      f.if(getGlobal(generator.isNumbering), () => [call(number, get(end)), giveBack()]),
      set(buffers, i32.load(i32.const(CELLS.buffers))),
      set(bufferBytes, i32.load(i32.const(CELLS.bufferBytes))),
      set(at, i32.const(map.scratch)),
      f.forEach(at, get(end), map.stateBytes, () => [
        generator.loadWords(words, get(at)),
        canonical?.(f, words) ?? [],
        hash(generator.bare(words), hashed),
        set(partition, partitionOf(hashed, map.partitionBits)),
        set(cursor, i32.load(slot, map.cursors)),
        generator.storeWords(words, get(cursor)),
        i32.store(slot, tee(cursor, i32.add(get(cursor), i32.const(map.stateBytes))), map.cursors),
        f.if(
          i32.eq(
            get(cursor),
            i32.add(get(buffers), i32.mul(i32.add(get(partition), i32.const(1)), get(bufferBytes))),
          ),
          () => call(flush, get(partition)),
        ),
      ]),
    ];
  });

  const emit = module.declare([...wordTypes, I32], [I32]);
  module.define(emit, (f) => {
    const words = f.params.slice(0, -1);
    const out = f.params.at(-1)!;
    const somethingHappened = i32.or(
      i32.ne(getGlobal(generator.eventsEnd), i32.const(map.events)),
      getGlobal(generator.watched),
    );
    const { bits, carried, isRedundant } = generator;
    const stateBytes = i32.const(map.stateBytes);
    const advance =
      bits === undefined ? stateBytes : select(i32.const(0), stateBytes, getGlobal(isRedundant));
    return [
      generator.storeWords(words, get(out), getGlobal(carried)),
      changeGlobal(generator.moves, 1),
      f.if(somethingHappened, () => call(settle, ...allOf(words))),
      f.if(getGlobal(generator.isNumbering), () => noteEvents(generator, f, out)),
      set(out, i32.add(get(out), advance)),
      sortIfFull(generator, f, sort, out),
      get(out),
    ];
  });

  module.exported('offer', [I32], [I32], (f) => {
    const [at] = f.params as [Local];
    const words = generator.words(f);
    const [hashed, partition] = [f.local(I64), f.local(I32)];
    return [
      generator.loadWords(words, get(at)),
      canonical?.(f, words) ?? [],
      generator.storeWords(words, get(at)),
      hash(allOf(words), hashed),
      set(partition, partitionOf(hashed, map.partitionBits)),
      call(insert, get(partition), get(at), i32.add(get(at), i32.const(map.stateBytes))),
      get(partition),
    ];
  });

  module.exported('flushAll', [], [], (f) => {
    const partition = f.local(I32);
    return f.forEach(partition, i32.const(map.partitions), 1, () => call(flush, get(partition)));
  });
  return { emit, sort };
}

/** Notes what happened since the step began that ends in the successor at `out`. */
function noteEvents(generator: Generator, f: FunctionBuilder, out: Local): Code {
  const [at, joined] = [f.local(I32), f.local(I32)];
  return [
    set(joined, i32.const(NOTHING)),
    set(at, i32.const(generator.map.events)),
    f.forEach(at, getGlobal(generator.eventsEnd), 4, () =>
      set(joined, call(generator.join, get(joined), i32.load(get(at)))),
    ),
    generator.noteHappened(out, get(joined)),
  ];
}

/** Sorts the successors in the scratch area if there is no room for many more. */
export function sortIfFull(
  { map }: Generator,
  f: FunctionBuilder,
  sort: Declared,
  out: Local,
): Code {
  return f.if(i32.ge_u(get(out), i32.const(map.scratchEnd)), () => [
    call(sort, get(out)),
    set(out, i32.const(map.scratch)),
  ]);
}

/** Generates `flush(partition)`: empties its buffer, into the partition or to where that is. */
function generateFlush({ module, map, ship }: Generator, insert: Declared): Declared {
  const flush = module.declare([I32], []);
  module.define(flush, (f) => {
    const [partition] = f.params as [Local];
    const start = f.local(I32);
    const slot = i32.shl(get(partition), i32.const(2));
    const bufferBytes = i32.load(i32.const(CELLS.bufferBytes));
    return [
      set(start, i32.add(i32.load(i32.const(CELLS.buffers)), i32.mul(get(partition), bufferBytes))),
      f.if(i32.ne(i32.load(slot, map.cursors), get(start)), () => [
        f.if(
          i32.load(slot, map.owned),
          () => call(insert, get(partition), get(start), i32.load(slot, map.cursors)),
          () => call(ship, get(partition)),
        ),
        i32.store(slot, get(start), map.cursors),
      ]),
    ];
  });
  return flush;
}
