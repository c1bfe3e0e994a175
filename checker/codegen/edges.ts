import {
  type Code,
  call,
  get,
  getGlobal,
  I32,
  i32,
  type Local,
  set,
  setGlobal,
} from '../wasm/code.ts';
import type { Declared } from '../wasm/module-builder.ts';
import type { Generator } from './generator.ts';
import { CELLS } from './memory-map.ts';
import { EDGE_BYTES } from './numbering.ts';
import type { StepTable } from './step-tables.ts';
import { sortIfFull } from './successors.ts';
import { stateAddress } from './visited-set.ts';

/** In a count of edges, what a step adds that fails an assertion and leads nowhere. */
export const FAILED_STEP = 1 << 16;

/**
 * Generates `edges(partition, list, listEnd, counts, enough)`: for each state at the positions in
 * the list, in order, and each thread, writes to `counts` how many steps the thread can take, as
 * 4 bytes with `FAILED_STEP`; to the list at `CELLS.edgeEnds` how many edges there are up to here;
 * and to the list at `CELLS.listEnd` their edges, in the same order. Ends early when that has got
 * as far as `enough`; answers with where it is in the first.
 */
export function generateEdges(
  generator: Generator,
  tables: readonly StepTable[],
  sort: Declared,
): void {
  const { module, map, isNumbering, moves } = generator;
  module.exported('edges', [I32, I32, I32, I32, I32], [I32], (f) => {
    const [partition, at, end, counts, enough] = f.params as [Local, Local, Local, Local, Local];
    const words = generator.words(f);
    const [position, address] = [f.local(I32), f.local(I32)];
    const [out, before] = [f.local(I32), f.local(I32)];
    const [movesBefore, count, failed] = [f.local(I32), f.local(I32), f.local(I32)];
    const pending = i32.mul(
      i32.div_u(i32.sub(get(out), i32.const(map.scratch)), i32.const(map.stateBytes)),
      i32.const(EDGE_BYTES),
    );
    // A step may itself make room in the scratch area, so both ends count.
    const produced: Code = i32.add(i32.load(i32.const(CELLS.listEnd)), pending);
    const [ends, zero] = [i32.const(CELLS.edgeEnds), i32.load(i32.const(CELLS.edgeZero))];
    const moved = i32.sub(getGlobal(moves), get(movesBefore));
    return [
      setGlobal(isNumbering, i32.const(1)),
      set(out, i32.const(map.scratch)),
      f.forEach(at, get(end), 4, () => [
        set(position, i32.load(get(at))),
        set(address, stateAddress(generator, get(partition), position)),
        generator.loadWords(words, get(address)),
        tables.map((table) => [
          set(before, produced),
          set(movesBefore, getGlobal(moves)),
          table.step(f, words, address, out, { isNoting: true }),
          set(count, i32.div_u(i32.sub(produced, get(before)), i32.const(EDGE_BYTES))),
          // A step from a table is no move, and never fails.
          set(failed, i32.mul(i32.sub(moved, get(count)), i32.ne(moved, i32.const(0)))),
          i32.store(get(counts), i32.add(get(count), i32.mul(get(failed), i32.const(FAILED_STEP)))),
          set(counts, i32.add(get(counts), i32.const(4))),
        ]),
        i32.store(i32.load(ends), i32.div_u(i32.sub(produced, zero), i32.const(EDGE_BYTES))),
        i32.store(ends, i32.add(i32.load(ends), i32.const(4))),
        sortIfFull(generator, f, sort, out),
        f.if(i32.gt_u(produced, get(enough)), () => set(end, get(at))),
      ]),
      call(sort, get(out)),
      setGlobal(isNumbering, i32.const(0)),
      get(at),
    ];
  });
}
