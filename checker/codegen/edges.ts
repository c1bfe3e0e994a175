import { type Code, call, get, I32, i32, type Local, set, setGlobal } from '../wasm/code.ts';
import type { Declared } from '../wasm/module-builder.ts';
import type { Generator } from './generator.ts';
import { CELLS } from './memory-map.ts';
import type { StepTable } from './step-tables.ts';
import { sortIfFull } from './successors.ts';
import { stateAddress } from './visited-set.ts';

/**
 * Generates `edges(partition, from, to, counts, enough)`: for each state at these positions, in order, and
 * each thread, writes to `counts` how many steps the thread can take, as 4 bytes; and appends to
 * the list at `CELLS.listEnd` the numbers of the states that these steps end in, in the same order.
 * Ends early when the list has got as far as `enough`; answers with the position of the next state.
 */
export function generateEdges(
  generator: Generator,
  tables: readonly StepTable[],
  sort: Declared,
): void {
  const { module, map, isNumbering } = generator;
  module.exported('edges', [I32, I32, I32, I32, I32], [I32], (f) => {
    const [partition, position, to, counts, enough] = f.params as [
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const words = generator.words(f);
    const [address, out, before] = [f.local(I32), f.local(I32), f.local(I32)];
    const pending = i32.div_u(
      i32.sub(get(out), i32.const(map.scratch)),
      i32.const(map.stateBytes / 4),
    );
    // A step may itself make room in the scratch area, so both ends count.
    const produced: Code = i32.add(i32.load(i32.const(CELLS.listEnd)), pending);
    return [
      setGlobal(isNumbering, i32.const(1)),
      set(out, i32.const(map.scratch)),
      f.forEach(position, get(to), 1, () => [
        set(address, stateAddress(generator, get(partition), position)),
        generator.loadWords(words, get(address)),
        tables.map((table) => [
          set(before, produced),
          table.step(f, words, address, out),
          i32.store(get(counts), i32.shr_u(i32.sub(produced, get(before)), i32.const(2))),
          set(counts, i32.add(get(counts), i32.const(4))),
        ]),
        sortIfFull(generator, f, sort, out),
        f.if(i32.gt_u(produced, get(enough)), () => set(to, get(position))),
      ]),
      call(sort, get(out)),
      setGlobal(isNumbering, i32.const(0)),
      get(position),
    ];
  });
}
