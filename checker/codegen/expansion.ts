import { DEADLOCK } from '../language/claim.ts';
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
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { Declared } from '../wasm/module-builder.ts';
import type { EdgeLean } from './edge-lean.ts';
import type { Generator } from './generator.ts';
import type { MeetingCode } from './meetings.ts';
import { CELLS } from './memory-map.ts';
import { StepTable } from './step-tables.ts';
import { sortIfFull } from './successors.ts';
import { stateAddress } from './visited-set.ts';

/** Generates `expand(partition, from, to)`: takes all steps from the states at these positions. */
export function generateExpand(
  generator: Generator,
  tables: readonly StepTable[],
  sort: Declared,
  meetings: MeetingCode,
  lean: EdgeLean | undefined,
): void {
  generator.module.exported('expand', [I32, I32, I32], [], (f) => {
    const [partition, position, to] = f.params as [Local, Local, Local];
    const words = generator.words(f);
    const [out, stepped, movesBefore] = [f.local(I32), f.local(I32), f.local(I32)];
    const at = stateAddress(generator, get(partition), position);
    const transitions = i32.const(CELLS.transitions);
    const taken = i32.add(
      i32.div_u(get(stepped), i32.const(generator.map.stateBytes)),
      i32.sub(getGlobal(generator.moves), get(movesBefore)),
    );
    return [
      set(out, i32.const(generator.map.scratch)),
      set(movesBefore, getGlobal(generator.moves)),
      f.forEach(position, get(to), 1, () => [
        expandState(generator, f, tables, words, { at, out, stepped, lean }),
        generator.coverage ? meetings.note(f, words) : [],
        sortIfFull(generator, f, sort, out),
      ]),
      call(sort, get(out)),
      i64.store(transitions, i64.add(i64.load(transitions), i64.extend(taken))),
      // Others that take steps know nothing of this.
      setGlobal(generator.carried, i64.const(0n)),
      setGlobal(generator.isRedundant, i32.const(0)),
    ];
  });
}

/** Where a state is, and where what comes of it goes. */
interface Expansion {
  /** The address of the state. */
  readonly at: Code;
  /** Behind the last successor so far. */
  readonly out: Local;
  /** Bytes of the successors that were taken from tables. */
  readonly stepped: Local;
  /** What spares lookups; nothing if absent. */
  readonly lean?: EdgeLean | undefined;
}

/** Code that loads a state, appends its successors, and judges its steps. */
export function expandState(
  generator: Generator,
  f: FunctionBuilder,
  tables: readonly StepTable[],
  words: readonly Local[],
  { at, out, stepped, lean }: Expansion,
): Code {
  const [address, steppedBefore, movesBefore] = [f.local(I32), f.local(I32), f.local(I32)];
  const [notes, begin] = lean?.begin(f, words, address) ?? [];
  return [
    set(address, at),
    generator.loadWords(words, get(address)),
    begin ?? [],
    set(steppedBefore, get(stepped)),
    set(movesBefore, getGlobal(generator.moves)),
    tables.map((table) => table.step(f, words, address, out, { stepped, lean: notes })),
    f.if(i32.eq(get(stepped), get(steppedBefore)), () =>
      f.if(i32.eq(getGlobal(generator.moves), get(movesBefore)), () =>
        f.if(i32.eqz(StepTable.allFinished(generator, words)), () =>
          generator.fail(generator.claimNumber(DEADLOCK)),
        ),
      ),
    ),
  ];
}
