import type { CompiledProgram } from '../automaton/compile.ts';
import { FAILS, VACUOUS } from '../search/decision-code.ts';
import { FieldMap } from '../search/layout.ts';
import { watchesOf } from '../search/watches.ts';
import {
  type Code,
  call,
  callIndirect,
  get,
  getGlobal,
  I32,
  i32,
  i64,
  type Local,
  set,
} from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { Declared } from '../wasm/module-builder.ts';
import type { Decisions } from './decisions.ts';
import { allOf, type Generator, widen } from './generator.ts';
import { incrementAt } from './increment.ts';

/** Code that judges steps: return claims and step claims. `StepJudge` is its twin. */
export class Settling {
  /** Judges the step that ends in the state given, by what happened since it began. */
  readonly settle: Declared;
  private readonly generator: Generator;
  private readonly decisions: Decisions;
  /** By number of the list of happenings. */
  private readonly judges = new Map<number, Declared>();
  /** Address of the table from lists to functions, by number in the module's table plus one. */
  private readonly tableOfJudges: number;

  constructor(generator: Generator, decisions: Decisions) {
    this.generator = generator;
    this.decisions = decisions;
    const { module, wordTypes } = generator;
    this.settle = module.declare(wordTypes, []);
    this.tableOfJudges = this.judgeLists();
    module.define(this.settle, (f) => [this.events(f), this.changes(f)]);
  }

  /** Whether a list of happenings has something to be judged in the state after the step. */
  hasPrograms(list: number): boolean {
    return this.judges.has(list);
  }

  /** Judges a list by itself: what happens before the first operation. */
  judgeList(list: number, words: readonly Local[]): Code {
    const judge = this.judges.get(list);
    return judge === undefined ? [] : call(judge, ...allOf(words));
  }

  private judgeLists(): number {
    const { module, prepared, map, wordTypes } = this.generator;
    const numbers = new Int32Array(prepared.code.happenings.lists.length);
    prepared.code.happenings.lists.forEach(({ programs }, list) => {
      if (programs.length === 0) return;
      const judge = module.declare(wordTypes, []);
      this.judges.set(list, judge);
      module.define(judge, (f) => programs.map((program) => this.judge(f, program, f.params)));
      numbers[list] = module.tableNumber(judge) + 1;
    });
    return map.table(new Uint8Array(numbers.buffer));
  }

  /** Judges one program and counts it. */
  judge(f: FunctionBuilder, { claim, root }: CompiledProgram, words: readonly Local[]): Code {
    const number = this.generator.claimNumber(claim);
    const result = f.local(I32);
    return [
      set(result, call(this.decisions.of(root), ...allOf(words))),
      f.if(i32.ne(get(result), i32.const(VACUOUS)), () => [
        this.generator.countPremise(number),
        f.if(i32.eq(get(result), i32.const(FAILS)), () => this.generator.fail(number)),
      ]),
    ];
  }

  private events(f: FunctionBuilder): Code {
    const { map, eventsEnd } = this.generator;
    const at = f.local(I32);
    const list = f.local(I32);
    const judge = f.local(I32);
    const { type } = this.settle;
    return [
      set(at, i32.const(map.events)),
      f.forEach(at, getGlobal(eventsEnd), 4, () => [
        set(list, i32.load(get(at))),
        tally(map.tallies, get(list)),
        this.judges.size === 0
          ? []
          : [
              set(judge, i32.load(shift(get(list), 2), this.tableOfJudges)),
              f.if(get(judge), () =>
                callIndirect(type, i32.sub(get(judge), i32.const(1)), ...allOf(f.params)),
              ),
            ],
      ]),
    ];
  }

  /** Step claims, where a watched variable may have changed. */
  private changes(f: FunctionBuilder): Code {
    const { prepared, watched, before } = this.generator;
    const fields = new FieldMap(prepared.layout);
    const judged = watchesOf(prepared.compiled.system).map(({ claim, variable, allowed }) => {
      const { word, shift: by, mask } = widen(fields.of(variable));
      const table = this.generator.map.table(
        Uint8Array.from(allowed.flatMap((row) => row.map(Number))),
      );
      const [old, next] = [f.local(I32), f.local(I32)];
      const read = (from: Code): Code =>
        i32.and(i32.wrap(i64.shr_u(from, i64.const(BigInt(by)))), i32.const(mask));
      const number = this.generator.claimNumber(claim);
      const pair = i32.add(i32.mul(get(old), i32.const(allowed.length)), get(next));
      return [
        set(old, read(getGlobal(before[word]!))),
        set(next, read(get(f.params[word]!))),
        f.if(i32.ne(get(old), get(next)), () => [
          this.generator.countPremise(number),
          f.if(i32.eqz(i32.load8(pair, table)), () => this.generator.fail(number)),
        ]),
      ];
    });
    return judged.length === 0 ? [] : f.if(getGlobal(watched), () => judged);
  }
}

/** Counts that the list with this number came to pass. */
export function tally(tallies: number, list: Code): Code {
  return incrementAt(shift(list, 3), tallies);
}

function shift(value: Code, by: number): Code {
  return i32.shl(value, i32.const(by));
}
