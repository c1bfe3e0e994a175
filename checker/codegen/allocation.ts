import {
  type Code,
  call,
  get,
  giveBack,
  I32,
  i32,
  memoryGrow,
  memorySize,
  set,
} from '../wasm/code.ts';
import type { Declared } from '../wasm/module-builder.ts';
import type { Generator } from './generator.ts';
import { CELLS, PAGE_BYTES } from './memory-map.ts';

/** Pages asked for at a time. */
const GROWTH_PAGES = 64;

const PAGE_LOG2 = Math.log2(PAGE_BYTES);

/** Functions that hand out memory. Once there is none they set `CELLS.memoryFull` and answer 0. */
export interface Allocation {
  /** Bytes, a multiple of a chunk, that are all 0. */
  readonly zeroed: Declared;
  /** One chunk with whatever is in it. */
  readonly chunk: Declared;
  /** Gives back memory that `zeroed` or `chunk` handed out: address and bytes. */
  readonly release: Declared;
}

const cell = (address: number): Code => i32.load(i32.const(address));
const setCell = (address: number, value: Code): Code => i32.store(i32.const(address), value);

/**
 * Memory is handed out upwards and never given back to the host. What is released is cut into
 * chunks: an index is replaced by a bigger one from fresh memory, and logs grow into the old one.
 */
export function generateAllocation({ module, map }: Generator): Allocation {
  const zeroed = module.declare([I32], [I32]);
  module.define(zeroed, (f) => {
    const [bytes] = f.params as [(typeof f.params)[number]];
    const [address, end, pages] = [f.local(I32), f.local(I32), f.local(I32)];
    const fails: Code = [setCell(CELLS.memoryFull, i32.const(1)), giveBack(i32.const(0))];
    return [
      set(address, cell(CELLS.top)),
      f.if(i32.gt_u(get(bytes), i32.sub(cell(CELLS.topMax), get(address))), () => fails),
      set(end, i32.add(get(address), get(bytes))),
      f.if(i32.gt_u(get(end), i32.shl(memorySize, i32.const(PAGE_LOG2))), () => [
        set(
          pages,
          i32.sub(
            i32.shr_u(i32.add(get(end), i32.const(PAGE_BYTES - 1)), i32.const(PAGE_LOG2)),
            memorySize,
          ),
        ),
        // More than is needed where there is more, else just that.
        f.if(i32.eq(memoryGrow(i32.add(get(pages), i32.const(GROWTH_PAGES))), i32.const(-1)), () =>
          f.if(i32.eq(memoryGrow(get(pages)), i32.const(-1)), () => fails),
        ),
      ]),
      setCell(CELLS.top, get(end)),
      get(address),
    ];
  });

  const chunk = module.declare([], [I32]);
  module.define(chunk, (f) => {
    const address = f.local(I32);
    return [
      set(address, cell(CELLS.freeChunks)),
      f.if(get(address), () => [
        setCell(CELLS.freeChunks, i32.load(get(address))),
        setCell(CELLS.freeBytes, i32.sub(cell(CELLS.freeBytes), i32.const(map.chunkBytes))),
        giveBack(get(address)),
      ]),
      call(zeroed, i32.const(map.chunkBytes)),
    ];
  });

  const release = module.declare([I32, I32], []);
  module.define(release, (f) => {
    const [address, bytes] = f.params as [(typeof f.params)[number], (typeof f.params)[number]];
    const end = f.local(I32);
    return [
      set(end, i32.add(get(address), get(bytes))),
      setCell(CELLS.freeBytes, i32.add(cell(CELLS.freeBytes), get(bytes))),
      f.while(
        () => i32.lt_u(get(address), get(end)),
        () => [
          i32.store(get(address), cell(CELLS.freeChunks)),
          setCell(CELLS.freeChunks, get(address)),
          set(address, i32.add(get(address), i32.const(map.chunkBytes))),
        ],
      ),
    ];
  });
  module.export('allocate', zeroed);
  module.export('release', release);
  return { zeroed, chunk, release };
}
