import type { AutomatonNode } from '../automaton/automaton.ts';
import { ASSERTIONS } from '../language/claim.ts';
import { ATOMIC_STEPS_MAX, outOfDomainText, TOO_MANY_STEPS } from '../search/expander.ts';
import { FieldMap } from '../search/layout.ts';
import {
  ACCESS_TABLE,
  HAPPENINGS_FLAG,
  INTERIOR_FLAG,
  TARGET_MASK,
  WATCHED_FLAG,
} from '../search/thread-code.ts';
import { watchesOf } from '../search/watches.ts';
import {
  type Code,
  call,
  get,
  getGlobal,
  I32,
  I64,
  i32,
  i64,
  type Local,
  NOTHING,
  set,
} from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { Declared } from '../wasm/module-builder.ts';
import { testOf } from './decisions.ts';
import { dispatch } from './dispatch.ts';
import { allOf, changeGlobal, type Generator, widen } from './generator.ts';

/** Where an edge leads for one value, or for all. */
export interface EdgeCell {
  readonly target: number;
  readonly interior: boolean;
  readonly watched: boolean;
  /** Number of the list of what happens along it; 0 for nothing. */
  readonly happenings: number;
}

/**
 * Turns nodes into functions that take all steps from there on: the words of a state and the
 * address for the next successor, to the address behind the last one.
 */
export class StepFunctions {
  private readonly generator: Generator;
  /** Hands in a successor. */
  private readonly emit: Declared;
  private readonly fields: FieldMap;
  private readonly functions = new Map<string, Declared>();

  constructor(generator: Generator, emit: Declared) {
    this.generator = generator;
    this.emit = emit;
    this.fields = new FieldMap(generator.prepared.layout);
  }

  /** The function of a node; it is defined by the time the module is built. */
  of(thread: number, number: number): Declared {
    const key = `${thread} ${number}`;
    const known = this.functions.get(key);
    if (known !== undefined) return known;
    const { module, wordTypes, prepared } = this.generator;
    const declared = module.declare([...wordTypes, I32], [I32]);
    this.functions.set(key, declared);
    const node = prepared.compiled.automata[thread]!.nodes[number]!;
    module.define(declared, (f) => {
      const step = new StepCode(this.generator, this, f, thread, number, node);
      return [step.code(this.fields), get(f.params.at(-1)!)];
    });
    return declared;
  }

  /** Hands in a successor and answers with the address for the next one. */
  emitted(words: readonly Local[], out: Local): Code {
    return set(out, call(this.emit, ...allOf(words), get(out)));
  }

  /** The edge in a cell of the thread code. */
  edgeIn(cell: number): EdgeCell {
    const { cells, happeningNumbers } = this.generator.prepared.code;
    const edge = cells[cell]!;
    return {
      target: edge & TARGET_MASK,
      interior: (edge & INTERIOR_FLAG) !== 0,
      watched: (edge & WATCHED_FLAG) !== 0,
      happenings: (edge & HAPPENINGS_FLAG) !== 0 ? happeningNumbers[cell]! : 0,
    };
  }
}

/** The code of one node. `Expander.step` is its twin. */
class StepCode {
  private readonly generator: Generator;
  private readonly functions: StepFunctions;
  private readonly f: FunctionBuilder;
  private readonly thread: number;
  private readonly number: number;
  private readonly node: AutomatonNode;
  private readonly words: readonly Local[];
  private readonly out: Local;

  constructor(
    generator: Generator,
    functions: StepFunctions,
    f: FunctionBuilder,
    thread: number,
    number: number,
    node: AutomatonNode,
  ) {
    this.generator = generator;
    this.functions = functions;
    this.f = f;
    this.thread = thread;
    this.number = number;
    this.node = node;
    this.words = f.params.slice(0, -1);
    this.out = f.params.at(-1)!;
  }

  code(fields: FieldMap): Code {
    const { generator, f, words } = this;
    const { action } = this.node;
    const address = generator.prepared.code.starts[this.thread]![this.number]!;
    switch (action.kind) {
      case 'access':
        return this.access(fields, address);
      case 'choose':
        return action.options.map((_, i) => this.follow(address + 2 + i));
      case 'test': {
        const edges = address + 4 + 4 * action.terms.length;
        const holds = testOf(generator, fields, f, words, action.terms, action.quantifier);
        return action.waits
          ? f.if(holds, () => this.follow(edges))
          : f.if(
              holds,
              () => this.follow(edges + 1),
              () => this.follow(edges),
            );
      }
      case 'fill':
        return this.fill(fields, address + 2 + 4 * action.variables.length);
      case 'finished':
        return NOTHING;
      case 'failure': {
        const claim = generator.claimNumber(action.claim ?? ASSERTIONS);
        return [
          changeGlobal(generator.moves, 1),
          generator.passages.count(address),
          generator.countPremise(claim),
          generator.fail(claim),
        ];
      }
      case 'crash':
        return generator.fault(action.message);
    }
  }

  private access(fields: FieldMap, address: number): Code {
    const { generator, f, words, node } = this;
    if (node.action.kind !== 'access') return NOTHING;
    const { variable, next, outcome } = node.action;
    const { word, shift } = widen(fields.of(variable));
    const value = f.local(I32);
    const { cells } = generator.prepared.code;
    const edgeCell = (v: number) => address + ACCESS_TABLE + 2 * v + 1;
    // Values with the same result and the same edge are one case; below 0 there is no edge.
    const kinds = next.map((to, v) =>
      to < 0 ? `${to}` : JSON.stringify([outcome[v], this.functions.edgeIn(edgeCell(v))]),
    );
    const distinct = [...new Set(kinds)];
    const cases = distinct.map((kind) => () => {
      const v = kinds.indexOf(kind);
      if (cells[edgeCell(v)]! >= 0) return this.follow(edgeCell(v));
      return next[v] === -1 ? generator.passages.count(edgeCell(v)) : this.outOfDomain();
    });
    const flips = next.map((to, v) => (to < 0 ? 0n : BigInt(v ^ to) << BigInt(shift)));
    const flip = flips.every((one) => one === 0n)
      ? NOTHING
      : set(
          words[word]!,
          i64.xor(
            get(words[word]!),
            i64.load(
              i32.shl(get(value), i32.const(3)),
              generator.map.table(new Uint8Array(BigInt64Array.from(flips).buffer)),
            ),
          ),
        );
    return [
      set(value, generator.read(words, fields.of(variable))),
      flip,
      dispatch(
        f,
        value,
        kinds.map((kind) => distinct.indexOf(kind)),
        cases,
      ),
    ];
  }

  private fill(fields: FieldMap, edge: number): Code {
    const { generator, words, node, f } = this;
    if (node.action.kind !== 'fill') return NOTHING;
    const { variables, to } = node.action;
    const watches = watchesOf(generator.prepared.compiled.system);
    const isWatched = variables.some((one) => watches.some(({ variable }) => variable === one));
    const stores = variables.map((variable, i) => {
      const { word, shift, mask } = widen(fields.of(variable));
      const kept = ~(BigInt(mask) << BigInt(shift));
      const value = BigInt(to[i]!) << BigInt(shift);
      const local = words[word]!;
      return set(local, i64.or(i64.and(get(local), i64.const(kept)), i64.const(value)));
    });
    return [
      this.deeper(f, [
        stores,
        isWatched ? changeGlobal(generator.watched, 1) : NOTHING,
        this.follow(edge),
        isWatched ? changeGlobal(generator.watched, -1) : NOTHING,
      ]),
    ];
  }

  /** Goes along the edge in `cell`. `Expander.follow` is its twin. */
  private follow(cell: number): Code {
    const { generator, f, words, out } = this;
    const { target, interior, watched, happenings } = this.functions.edgeIn(cell);
    const { eventsEnd } = generator;
    const push: Code = [
      i32.store(getGlobal(eventsEnd), i32.const(happenings)),
      changeGlobal(eventsEnd, 4),
    ];
    const go = interior
      ? this.deeper(
          f,
          set(out, call(this.functions.of(this.thread, target), ...allOf(words), get(out))),
        )
      : this.arrive(target);
    return [
      generator.passages.count(cell),
      happenings === 0 ? NOTHING : push,
      watched ? changeGlobal(generator.watched, 1) : NOTHING,
      go,
      watched ? changeGlobal(generator.watched, -1) : NOTHING,
      happenings === 0 ? NOTHING : changeGlobal(eventsEnd, -4),
    ];
  }

  /** The step ends at a node that states can name. */
  private arrive(target: number): Code {
    const { generator, words, out, f } = this;
    const { word, shift, mask } = widen(generator.prepared.layout.threadFields[this.thread]!);
    const moved = f.local(I64);
    const kept = ~(BigInt(mask) << BigInt(shift));
    const node = BigInt(target) << BigInt(shift);
    const after = words.map((local, i) => (i === word ? moved : local));
    return [
      set(moved, i64.or(i64.and(get(words[word]!), i64.const(kept)), i64.const(node))),
      this.functions.emitted(after, out),
    ];
  }

  /** Runs code one operation further into the atomic block. */
  private deeper(f: FunctionBuilder, code: Code): Code {
    const { depth } = this.generator;
    return f.if(
      i32.ge_u(getGlobal(depth), i32.const(ATOMIC_STEPS_MAX)),
      () => this.generator.fault(TOO_MANY_STEPS),
      () => [changeGlobal(depth, 1), code, changeGlobal(depth, -1)],
    );
  }

  private outOfDomain(): Code {
    const { compiled } = this.generator.prepared;
    return this.generator.fault(outOfDomainText(compiled, this.thread, this.number));
  }
}
