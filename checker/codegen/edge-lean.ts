import { type Footprint, footprintOf } from '../automaton/footprint.ts';
import { type Code, get, I32, I64, i32, i64, type Local, NOTHING, set } from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { type Generator, widen } from './generator.ts';
import type { LeanBits } from './lean-bits.ts';
import { stateAddress } from './visited-set.ts';

const SIGNATURE_BYTES = 16;

/** What is known of a state before its steps are taken. */
export interface Lean {
  /** Per thread, 1 if its edges need no lookup; none for a thread that has no bit. */
  readonly redundant: readonly (Local | undefined)[];
  /** Per thread, the bits that its successors carry. */
  readonly carried: readonly Local[];
}

/**
 * Code that spares lookups. Where steps of two threads do not touch what the other one writes, they
 * lead from a state p to the same state r, whichever comes first:
 *
 *     p --t--> s --u--> r    and    p --u--> q --t--> r
 *
 * One of the two edges into r is enough. So with s, which was found by way of p, is stored for each
 * thread u that ranks below t and is independent of it there, that its edges need no lookup. All
 * steps are taken, judged and counted nevertheless.
 *
 * No state is missed, nor found later. Let r be n + 1 steps away, and of the edges into it from
 * states n steps away look at the one whose thread ranks highest: u from s. If it were redundant, s
 * had been found from a state p, n - 1 steps away, by a thread t that ranks higher. Then u leads
 * from p to a state q, not more than n steps away, and t from there to r: that edge ranks higher.
 * The idea is that of D. Bosnacki, E. Elkind, B. Genest and D. Peled, "On commutativity based edge
 * lean search", 2007.
 *
 * Among threads that may be renamed, the one at the greater node ranks higher: renamings do not
 * change nodes here, so this holds for orbits as it does for states. The interpreter, which is the
 * slow twin, looks up every edge.
 */
export class EdgeLean {
  private readonly generator: Generator;
  private readonly bits: LeanBits;
  /** Per thread, the address of what its steps write and touch, by node. */
  private readonly signatures: readonly number[];

  constructor(generator: Generator, bits: LeanBits) {
    this.generator = generator;
    this.bits = bits;
    const { automata } = generator.prepared.compiled;
    const { variables } = generator.prepared.layout;
    // With more variables than bits, some share one: then more steps count as dependent.
    const numbers = new Map(variables.map((variable, i) => [variable, BigInt(i % 64)]));
    const maskOf = (touched: Footprint['reads']) =>
      [...touched].reduce((mask, variable) => mask | (1n << numbers.get(variable)!), 0n);
    this.signatures = automata.map((automaton) => {
      const masks = Array.from({ length: automaton.visibleCount }, (_, node) => {
        const { reads, writes } = footprintOf(automaton, node);
        return [maskOf(writes), maskOf(reads) | maskOf(writes)];
      });
      return generator.map.table(new Uint8Array(BigUint64Array.from(masks.flat()).buffer));
    });
    this.generateForget();
  }

  /** Takes the bits from the state in `words`, which lies at `address`, here and there. */
  begin(f: FunctionBuilder, words: readonly Local[], address: Local): readonly [Lean, Code] {
    const { word, kept, fields } = this.bits;
    const own = words[word]!;
    const redundant = fields.map((field) => (field === undefined ? undefined : f.local(I32)));
    const [carried, code] = this.carried(f, words);
    return [
      { redundant, carried },
      [
        redundant.map((local, thread) =>
          local === undefined ? NOTHING : set(local, this.generator.read(words, fields[thread]!)),
        ),
        set(own, i64.and(get(own), i64.const(kept))),
        i64.store(get(address), get(own), 8 * word),
        code,
      ],
    ];
  }

  /** Computes what the successors of each thread carry. */
  private carried(f: FunctionBuilder, words: readonly Local[]): readonly [Lean['carried'], Code] {
    const { generator, bits, signatures } = this;
    const { threadFields } = generator.prepared.layout;
    const threads = threadFields.map(() => ({
      carried: f.local(I64),
      node: f.local(I32),
      writes: f.local(I64),
      touches: f.local(I64),
    }));
    const isIndependent = f.local(I32);
    const loads = threads.map(({ carried, node, writes, touches }, thread) => {
      const at = i32.mul(get(node), i32.const(SIGNATURE_BYTES));
      return [
        set(node, generator.read(words, threadFields[thread]!)),
        set(writes, i64.load(at, signatures[thread]!)),
        set(touches, i64.load(at, signatures[thread]! + SIGNATURE_BYTES / 2)),
        set(carried, i64.const(0n)),
      ];
    });
    const spare = (by: number, of: number, condition: Code): Code => {
      const field = bits.fields[of];
      if (field === undefined) return NOTHING;
      const { carried } = threads[by]!;
      const bit = i64.shl(i64.extend(condition), i64.const(BigInt(widen(field).shift)));
      return set(carried, i64.or(get(carried), bit));
    };
    const pairs = threads.flatMap((high, t) =>
      threads.slice(0, t).map((low, u) => {
        const clash = i64.or(
          i64.and(get(high.writes), get(low.touches)),
          i64.and(get(low.writes), get(high.touches)),
        );
        const ranked =
          bits.ranks[t] === bits.ranks[u]
            ? [
                spare(t, u, i32.and(get(isIndependent), i32.lt_u(get(low.node), get(high.node)))),
                spare(u, t, i32.and(get(isIndependent), i32.lt_u(get(high.node), get(low.node)))),
              ]
            : bits.ranks[t]! > bits.ranks[u]!
              ? spare(t, u, get(isIndependent))
              : spare(u, t, get(isIndependent));
        return [set(isIndependent, i64.eqz(clash)), ranked];
      }),
    );
    return [threads.map(({ carried }) => carried), [loads, pairs]];
  }

  /** `forget(partition, from, to)`: takes the bits from states whose steps will not be taken. */
  private generateForget(): void {
    const { generator, bits } = this;
    const { word, kept } = bits;
    generator.module.exported('forget', [I32, I32, I32], [], (f) => {
      const [partition, position, to] = f.params as [Local, Local, Local];
      const address = f.local(I32);
      return f.forEach(position, get(to), 1, () => [
        set(address, stateAddress(generator, get(partition), position)),
        i64.store(
          get(address),
          i64.and(i64.load(get(address), 8 * word), i64.const(kept)),
          8 * word,
        ),
      ]);
    });
  }
}
