import { DEADLOCK } from '../language/claim.ts';
import { type Code, call, get, getGlobal, I32, i32, type Local, set } from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { Declared } from '../wasm/module-builder.ts';
import type { Generator } from './generator.ts';
import type { MeetingCode } from './meetings.ts';
import { StepTable } from './step-tables.ts';
import { sortIfFull } from './successors.ts';
import { stateAddress } from './visited-set.ts';

/** Generates `expand(partition, from, to)`: takes all steps from the states at these positions. */
export function generateExpand(
  generator: Generator,
  tables: readonly StepTable[],
  sort: Declared,
  meetings: MeetingCode,
): void {
  generator.module.exported('expand', [I32, I32, I32], [], (f) => {
    const [partition, position, to] = f.params as [Local, Local, Local];
    const words = generator.words(f);
    const out = f.local(I32);
    return [
      set(out, i32.const(generator.map.scratch)),
      f.forEach(position, get(to), 1, () => [
        expandState(
          generator,
          f,
          tables,
          words,
          stateAddress(generator, get(partition), position),
          out,
        ),
        generator.coverage ? meetings.note(f, words) : [],
        sortIfFull(generator, f, sort, out),
      ]),
      call(sort, get(out)),
    ];
  });
}

/** Code that loads the state at an address, appends its successors at `out`, judges its steps. */
export function expandState(
  generator: Generator,
  f: FunctionBuilder,
  tables: readonly StepTable[],
  words: readonly Local[],
  at: Code,
  out: Local,
): Code {
  const [address, outBefore, movesBefore] = [f.local(I32), f.local(I32), f.local(I32)];
  return [
    set(address, at),
    generator.loadWords(words, get(address)),
    set(outBefore, get(out)),
    set(movesBefore, getGlobal(generator.moves)),
    tables.map((table) => table.step(f, words, address, out)),
    f.if(i32.eq(get(out), get(outBefore)), () =>
      f.if(i32.eq(getGlobal(generator.moves), get(movesBefore)), () =>
        f.if(i32.eqz(StepTable.allFinished(generator, words)), () =>
          generator.fail(generator.claimNumber(DEADLOCK)),
        ),
      ),
    ),
  ];
}
