import { positionKey } from '../automaton/automaton.ts';
import type { CompiledProgram } from '../automaton/compile.ts';
import { FAILS, NEEDS_THREADS, VACUOUS } from '../search/decision-code.ts';
import { readMasks } from '../search/state-judge.ts';
import {
  type Code,
  call,
  callIndirect,
  get,
  I32,
  I64,
  i32,
  i64,
  type Local,
  set,
} from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { Declared } from '../wasm/module-builder.ts';
import type { Decisions } from './decisions.ts';
import { allOf, type Generator } from './generator.ts';
import type { Settling } from './settling.ts';
import { stateAddress } from './visited-set.ts';

/** In the last word of an entry of the memo. An entry that is not in use has none of them. */
const IN_USE = 1;
/** Some claim fails for this valuation, whatever the threads do. */
const SOME_FAIL = 2;
/** Some program has to know where the threads are. */
const SOME_OPEN = 4;

/**
 * Code that judges states: invariants and position claims. What invariants say of a valuation of
 * the variables that they read is remembered in a direct-mapped memo, which keeps and compares the
 * whole valuation and counts the states that had it. `StateJudge` is its twin.
 */
export class Judging {
  /** `(words)`: judges a state. */
  readonly judgeState: Declared;
  private readonly generator: Generator;
  private readonly settling: Settling;
  /** Judgements that may need the threads, and those that do not get them. */
  private readonly decisions: Decisions;
  private readonly quick: Decisions;
  private readonly invariants: readonly CompiledProgram[];
  private readonly fill: Declared;
  private readonly judgeType: number;

  constructor(generator: Generator, settling: Settling, decisions: Decisions, quick: Decisions) {
    this.generator = generator;
    this.settling = settling;
    this.decisions = decisions;
    this.quick = quick;
    this.invariants = generator.prepared.compiled.invariants;
    const { module, wordTypes } = generator;
    this.judgeType = settling.settle.type;
    this.fill = module.declare([I32, ...wordTypes], []);
    module.define(this.fill, (f) => this.fillEntry(f));
    const look = this.generateLook();
    this.judgeState = module.declare(wordTypes, []);
    module.define(this.judgeState, (f) => [
      this.invariants.length === 0 ? [] : this.judgeInvariants(f, look),
      this.judgePositions(f),
    ]);
    this.generateJudge();
    this.generateSettle();
  }

  /** `judge(partition, from, to)`. */
  private generateJudge(): void {
    const { generator } = this;
    generator.module.exported('judge', [I32, I32, I32], [], (f) => {
      const [partition, position, to] = f.params as [Local, Local, Local];
      const words = generator.words(f);
      return f.forEach(position, get(to), 1, () => [
        generator.loadWords(words, stateAddress(generator, get(partition), position)),
        call(this.judgeState, ...allOf(words)),
      ]);
    });
  }

  /** `countMemo()`: moves what the memo counted to the premises. To be called at the end. */
  private generateSettle(): void {
    const { map, module } = this.generator;
    module.exported('countMemo', [], [], (f) => {
      const entry = f.local(I32);
      const end = map.memo + map.memoEntries * map.memoEntryBytes;
      return [
        set(entry, i32.const(map.memo)),
        f.while(
          () => i32.lt_u(get(entry), i32.const(end)),
          () => [
            this.countEntry(f, entry),
            set(entry, i32.add(get(entry), i32.const(map.memoEntryBytes))),
          ],
        ),
      ];
    });
  }

  private judgeInvariants(f: FunctionBuilder, look: Declared): Code {
    const { map, prepared } = this.generator;
    const masks = readMasks(prepared.compiled.invariants, prepared.layout);
    const wide = Array.from({ length: map.words }, (_, i) => {
      const half = (at: number) => BigInt((masks[at] ?? 0) >>> 0);
      return half(2 * i) | (half(2 * i + 1) << 32n);
    });
    const read = this.generator.words(f);
    const [mixed, entry, states] = [f.local(I64), f.local(I32), f.local(I64)];
    const isOther = read
      .map((word, i) => i64.ne(get(word), i64.load(get(entry), 8 * i)))
      .reduce((any, one) => i32.or(any, one));
    const isEmpty = i32.eqz(this.flags(entry));
    const mix = read.map((word) => [
      set(mixed, i64.mul(i64.xor(get(mixed), get(word)), i64.const(0x9e3779b97f4a7c15n))),
      set(mixed, i64.xor(get(mixed), i64.shr_u(get(mixed), i64.const(29n)))),
    ]);
    const slot = i32.and(
      i32.wrap(i64.shr_u(get(mixed), i64.const(20n))),
      i32.const(map.memoEntries - 1),
    );
    return [
      read.map((word, i) => set(word, i64.and(get(f.params[i]!), i64.const(wide[i]!)))),
      mix,
      set(entry, i32.add(i32.const(map.memo), i32.mul(slot, i32.const(map.memoEntryBytes)))),
      f.if(i32.or(isEmpty, isOther), () => call(this.fill, get(entry), ...allOf(read))),
      set(states, i64.add(this.states(entry), i64.const(1n))),
      i64.store(get(entry), get(states), map.stateBytes),
      f.if(i32.ne(this.flags(entry), i32.const(IN_USE)), () =>
        call(look, get(entry), ...allOf(f.params)),
      ),
    ];
  }

  private states(entry: Local): Code {
    return i64.load(get(entry), this.generator.map.stateBytes);
  }

  private flags(entry: Local): Code {
    return i32.load(get(entry), this.generator.map.stateBytes + 8);
  }

  private metAt(claim: number): { readonly offset: number; readonly bit: bigint } {
    const { stateBytes } = this.generator.map;
    return { offset: stateBytes + 16 + 8 * (claim >> 6), bit: 1n << BigInt(claim & 63) };
  }

  private isMet(entry: Local, claim: number): Code {
    const { offset, bit } = this.metAt(claim);
    return i64.ne(i64.and(i64.load(get(entry), offset), i64.const(bit)), i64.const(0n));
  }

  /** Numbers of the claims that are invariants. */
  private get claims(): readonly number[] {
    return [...new Set(this.invariants.map(({ claim }) => this.generator.claimNumber(claim)))];
  }

  /** Adds the states of an entry to the premises of the claims that it meets. */
  private countEntry(f: FunctionBuilder, entry: Local): Code {
    const { map } = this.generator;
    return [
      this.claims.map((claim) => {
        const at = i32.const(map.premises + 8 * claim);
        return f.if(this.isMet(entry, claim), () =>
          i64.store(at, i64.add(i64.load(at), this.states(entry))),
        );
      }),
      i64.store(get(entry), i64.const(0n), map.stateBytes),
    ];
  }

  /** Evaluates the invariants for a valuation and puts it in place of the one in the entry. */
  private fillEntry(f: FunctionBuilder): Code {
    const { generator } = this;
    const { map } = generator;
    const [entry, ...words] = f.params as [Local, ...Local[]];
    const [result, flags] = [f.local(I32), f.local(I32)];
    const maskWords = Math.ceil(generator.claimIds.length / 64);
    const clearMet = Array.from({ length: maskWords }, (_, i) =>
      i64.store(get(entry), i64.const(0n), map.stateBytes + 16 + 8 * i),
    );
    const evaluate = this.invariants.map(({ claim, root }) => {
      const { offset, bit } = this.metAt(generator.claimNumber(claim));
      const raise = (flag: number) => set(flags, i32.or(get(flags), i32.const(flag)));
      return [
        set(result, call(this.quick.of(root), ...allOf(words))),
        f.if(
          i32.eq(get(result), i32.const(NEEDS_THREADS)),
          () => raise(SOME_OPEN),
          () =>
            f.if(i32.ne(get(result), i32.const(VACUOUS)), () => [
              i64.store(get(entry), i64.or(i64.load(get(entry), offset), i64.const(bit)), offset),
              f.if(i32.eq(get(result), i32.const(FAILS)), () => raise(SOME_FAIL)),
            ]),
        ),
      ];
    });
    return [
      f.if(this.flags(entry), () => this.countEntry(f, entry)),
      generator.storeWords(words, get(entry)),
      i64.store(get(entry), i64.const(0n), map.stateBytes),
      clearMet,
      set(flags, i32.const(IN_USE)),
      evaluate,
      i32.store(get(entry), get(flags), map.stateBytes + 8),
    ];
  }

  /**
   * Looks at a state whose valuation fails or does not decide. A claim counts once for each state,
   * and here only if the memo does not count it.
   */
  private generateLook(): Declared {
    const { generator } = this;
    const { module, wordTypes } = generator;
    const look = module.declare([I32, ...wordTypes], []);
    module.define(look, (f) => {
      const [entry, ...words] = f.params as [Local, ...Local[]];
      const [result, isJudged] = [f.local(I32), f.local(I32)];
      return this.claims.map((claim) => {
        const programs = this.invariants.filter(
          (program) => generator.claimNumber(program.claim) === claim,
        );
        return [
          set(isJudged, i32.const(0)),
          programs.map(({ root }) => [
            set(result, call(this.decisions.of(root), ...allOf(words))),
            f.if(i32.ne(get(result), i32.const(VACUOUS)), () => [
              set(isJudged, i32.const(1)),
              f.if(i32.eq(get(result), i32.const(FAILS)), () => generator.fail(claim)),
            ]),
          ]),
          f.if(i32.and(get(isJudged), i32.eqz(this.isMet(entry, claim))), () =>
            generator.countPremise(claim),
          ),
        ];
      });
    });
    return look;
  }

  private judgePositions(f: FunctionBuilder): Code {
    const { generator } = this;
    const { prepared, module, map, wordTypes } = generator;
    const { compiled, layout } = prepared;
    return compiled.automata.map(({ nodes, visibleCount }, thread) => {
      const functions = new Map<string, number>();
      const numbers = nodes.slice(0, visibleCount).map(({ positions }) => {
        const programs = positions.flatMap(
          (position) => compiled.positions.get(positionKey(position)) ?? [],
        );
        if (programs.length === 0) return 0;
        const key = positions.map(positionKey).join('\n');
        let number = functions.get(key);
        if (number === undefined) {
          const declared = module.declare(wordTypes, []);
          module.define(declared, (inner) =>
            programs.map((program) => this.settling.judge(inner, program, inner.params)),
          );
          number = module.tableNumber(declared) + 1;
          functions.set(key, number);
        }
        return number;
      });
      if (functions.size === 0) return [];
      const table = map.table(new Uint8Array(Int32Array.from(numbers).buffer));
      const judge = f.local(I32);
      const node = generator.read(f.params, layout.threadFields[thread]!);
      return [
        set(judge, i32.load(i32.shl(node, i32.const(2)), table)),
        f.if(get(judge), () =>
          callIndirect(this.judgeType, i32.sub(get(judge), i32.const(1)), ...allOf(f.params)),
        ),
      ];
    });
  }
}
