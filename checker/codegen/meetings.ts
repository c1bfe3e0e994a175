import { MeetingTable } from '../search/gather-coverage.ts';
import { type Code, get, I32, i32, type Local, set } from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { Generator } from './generator.ts';

/** Code that notes which steps meet in the states that are expanded. `Meetings` is its twin. */
export class MeetingCode {
  readonly table: MeetingTable;
  /** Address of the bytes of `MeetingTable.name`. */
  readonly seen: number;
  private readonly generator: Generator;

  constructor(generator: Generator) {
    this.generator = generator;
    this.table = new MeetingTable(generator.prepared.compiled);
    this.seen = generator.map.space(this.table.size ** 2);
  }

  /** Notes what meets in a state. */
  note(f: FunctionBuilder, words: readonly Local[]): Code {
    const { generator, table, seen } = this;
    const { threadFields } = generator.prepared.layout;
    const here = threadFields.map(() => f.local(I32));
    return table.numbers.map((numbers, thread) => {
      const address = generator.map.table(new Uint8Array(numbers.buffer));
      const node = generator.read(words, threadFields[thread]!);
      const row = i32.mul(get(here[thread]!), i32.const(table.size));
      return [
        set(here[thread]!, i32.load(i32.shl(node, i32.const(2)), address)),
        here
          .slice(0, thread)
          .map((other) => i32.store8(i32.add(row, get(other)), i32.const(1), seen)),
      ];
    });
  }
}
