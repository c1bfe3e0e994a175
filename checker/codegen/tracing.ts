import {
  type Code,
  call,
  get,
  getGlobal,
  I32,
  i32,
  i64,
  type Local,
  set,
  setGlobal,
} from '../wasm/code.ts';
import type { Declared } from '../wasm/module-builder.ts';
import { expandState } from './expansion.ts';
import { allOf, type Generator } from './generator.ts';
import type { StepTable } from './step-tables.ts';
import { stateAddress } from './visited-set.ts';

/**
 * Generates the two questions that rebuild a schedule. Both go over positions of a partition, write
 * those that answer them to `list`, and answer with the end of the list:
 *
 * - `leading(partition, from, to, list, claim)`: from which states does a step lead to a marked
 *   one, or violate the claim with this address in `MemoryMap.failures`? A few others may be among
 *   them, as marks are bits chosen by hash.
 * - `failing(partition, from, to, list, claim)`: which states violate the claim?
 */
export function generateTracing(
  generator: Generator,
  tables: readonly StepTable[],
  sort: Declared,
  judgeState: Declared,
): void {
  const { module, map, isTracing, isHit } = generator;
  const params = [I32, I32, I32, I32, I32] as const;
  const note = (list: Local, position: Local): Code => [
    i32.store(get(list), get(position)),
    set(list, i32.add(get(list), i32.const(4))),
  ];
  const failed = (claim: Local): Code => i64.ne(i64.load(get(claim)), i64.const(-1n));
  const forget = (claim: Local): Code => i64.store(get(claim), i64.const(-1n));

  module.exported('leading', params, [I32], (f) => {
    const [partition, position, to, list, claim] = f.params as [Local, Local, Local, Local, Local];
    const words = generator.words(f);
    const [out, stepped] = [f.local(I32), f.local(I32)];
    const at = stateAddress(generator, get(partition), position);
    return [
      setGlobal(isTracing, i32.const(1)),
      f.forEach(position, get(to), 1, () => [
        forget(claim),
        setGlobal(isHit, i32.const(0)),
        set(out, i32.const(map.scratch)),
        expandState(generator, f, tables, words, { at, out, stepped }),
        call(sort, get(out)),
        f.if(i32.or(getGlobal(isHit), failed(claim)), () => note(list, position)),
      ]),
      setGlobal(isTracing, i32.const(0)),
      get(list),
    ];
  });

  module.exported('failing', params, [I32], (f) => {
    const [partition, position, to, list, claim] = f.params as [Local, Local, Local, Local, Local];
    const words = generator.words(f);
    return [
      f.forEach(position, get(to), 1, () => [
        forget(claim),
        generator.loadWords(words, stateAddress(generator, get(partition), position)),
        call(judgeState, ...allOf(words)),
        f.if(failed(claim), () => note(list, position)),
      ]),
      get(list),
    ];
  });
}
