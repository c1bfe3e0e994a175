import type { AutomatonNode } from '../automaton/automaton.ts';
import { FieldMap } from '../search/layout.ts';
import { ACCESS_TABLE } from '../search/thread-code.ts';
import {
  type Code,
  callIndirect,
  get,
  I32,
  i32,
  i64,
  type Local,
  select,
  set,
  setGlobal,
} from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { Lean } from './edge-lean.ts';
import { allOf, type Generator, widen } from './generator.ts';
import { incrementAt } from './increment.ts';
import { type Settling, tally } from './settling.ts';
import type { EdgeCell, StepFunctions } from './step-functions.ts';

/** In the last field of an entry: the bytes of the successors, that is one or none. */
const ADVANCE_MASK = 0x7f;
/** The node has a function of its own, whose number in the module's table is above `LIST_SHIFT`. */
const HAS_FUNCTION = 0x80;
/** Above it: the number of the list of happenings. */
const LIST_SHIFT = 8;

const NODE_BYTES = 16;

/** What is noted while steps are taken. */
export interface StepNotes {
  /** Is raised by the bytes of the successors that are taken from tables. */
  readonly stepped?: Local;
  /** What needs no lookup; nothing if absent. */
  readonly lean?: Lean | undefined;
  /** Whether what happens is noted for each successor. */
  readonly isNoting?: boolean;
}

/**
 * Steps of one thread as a table, without a branch. A step that looks at one variable, and that no
 * claim has to look at, is one exclusive-or with the state: the entry for the node and the value
 * says with what, whether there is a successor at all, and which list of happenings to count. All
 * other nodes have functions.
 *
 * A node is (offset of the word, shift, mask, address of the entries), an entry the words to flip,
 * one more field, and how often it was used.
 */
export class StepTable {
  private readonly generator: Generator;
  private readonly functions: StepFunctions;
  private readonly settling: Settling;
  private readonly thread: number;
  private readonly entryBytes: number;
  private readonly nodes: number;
  private readonly functionType: number;
  private countsLists = false;

  constructor(generator: Generator, functions: StepFunctions, settling: Settling, thread: number) {
    this.generator = generator;
    this.functions = functions;
    this.settling = settling;
    this.thread = thread;
    this.entryBytes = generator.map.stateBytes + 16;
    this.functionType = functions.of(thread, 0).type;
    this.nodes = this.build();
  }

  /** Appends the successors by this thread of the state in `words`, which lies at `address`. */
  step(
    f: FunctionBuilder,
    words: readonly Local[],
    address: Local,
    out: Local,
    { stepped, lean, isNoting = false }: StepNotes,
  ): Code {
    const { generator, thread } = this;
    const { map, prepared, before, watched, depth, eventsEnd } = generator;
    const redundant = lean?.redundant[thread];
    const carried = lean?.carried[thread];
    const [node, entry, last] = [f.local(I32), f.local(I32), f.local(I32)];
    const field = (i: number): Code => i32.load(get(node), this.nodes + 4 * i);
    const word = map.words === 1 ? get(words[0]!) : i64.load(i32.add(get(address), field(0)));
    const value = i32.and(i32.wrap(i64.shr_u(word, i64.extend(field(1)))), field(2));
    const number = generator.read(words, prepared.layout.threadFields[thread]!);
    const advance = i32.and(get(last), i32.const(ADVANCE_MASK));
    const flipped = (local: Local, i: number): Code => {
      const word = i64.xor(get(local), i64.load(get(entry), 8 * i));
      const isCarrier = carried !== undefined && generator.bits?.word === i;
      return isCarrier ? i64.or(word, get(carried)) : word;
    };
    const list = i32.shr_u(get(last), i32.const(LIST_SHIFT));
    return [
      set(node, i32.shl(number, i32.const(Math.log2(NODE_BYTES)))),
      set(entry, i32.add(field(3), i32.mul(value, i32.const(this.entryBytes)))),
      set(last, i32.load(get(entry), map.stateBytes)),
      f.if(
        i32.and(get(last), i32.const(HAS_FUNCTION)),
        () => [
          before.map((global, i) => setGlobal(global, get(words[i]!))),
          setGlobal(eventsEnd, i32.const(map.events)),
          setGlobal(watched, i32.const(0)),
          setGlobal(depth, i32.const(0)),
          carried === undefined ? [] : setGlobal(generator.carried, get(carried)),
          lean === undefined
            ? []
            : setGlobal(generator.isRedundant, redundant ? get(redundant) : i32.const(0)),
          set(out, callIndirect(this.functionType, list, ...allOf(words), get(out))),
        ],
        () => [
          words.map((local, i) => i64.store(get(out), flipped(local, i), 8 * i)),
          isNoting ? generator.noteHappened(out, list) : [],
          stepped === undefined ? [] : set(stepped, i32.add(get(stepped), advance)),
          set(
            out,
            i32.add(
              get(out),
              redundant === undefined ? advance : select(i32.const(0), advance, get(redundant)),
            ),
          ),
          generator.coverage ? incrementAt(get(entry), map.stateBytes + 8) : [],
          this.countsLists ? tally(map.tallies, list) : [],
        ],
      ),
    ];
  }

  /** Whether all threads have finished: for states without successors. */
  static allFinished(generator: Generator, words: readonly Local[]): Code {
    const { compiled, layout } = generator.prepared;
    const finished = compiled.automata.map(({ nodes, visibleCount }, thread) => {
      const isFinished = nodes
        .slice(0, visibleCount)
        .map(({ action }) => Number(action.kind === 'finished'));
      const table = generator.map.table(Uint8Array.from(isFinished));
      return i32.load8(generator.read(words, layout.threadFields[thread]!), table);
    });
    return finished.reduce((all, one) => i32.and(all, one));
  }

  private build(): number {
    const { map, prepared } = this.generator;
    const { nodes, visibleCount } = prepared.compiled.automata[this.thread]!;
    const fields = new FieldMap(prepared.layout);
    const descriptions = new Int32Array((NODE_BYTES / 4) * visibleCount);
    nodes.slice(0, visibleCount).forEach((node, number) => {
      const entries = this.entries(fields, node, number);
      const bytes = new DataView(new ArrayBuffer(entries.length * this.entryBytes));
      entries.forEach(({ flips, last }, i) => {
        const at = i * this.entryBytes;
        flips.forEach((flip, word) => bytes.setBigInt64(at + 8 * word, flip, true));
        bytes.setInt32(at + map.stateBytes, last, true);
      });
      const table = map.table(new Uint8Array(bytes.buffer));
      entries.forEach(({ cell, last }, i) => {
        const address = table + i * this.entryBytes + map.stateBytes;
        if (cell !== undefined) this.generator.passages.addresses.set(cell, address + 8);
        if (last === 0) return;
        const cells = cell === undefined ? this.cellsBehind(node, number, i) : [cell];
        this.generator.stepEntries.push({ address, cells, isPlain: cell !== undefined });
      });
      const at = (NODE_BYTES / 4) * number;
      if (entries.length > 1 && node.action.kind === 'access') {
        const { word, shift, mask } = widen(fields.of(node.action.variable));
        descriptions.set([8 * word, shift, mask], at);
      }
      descriptions[at + 3] = table;
    });
    return map.table(new Uint8Array(descriptions.buffer));
  }

  /** The cells that a function takes first: for one value, or for all. */
  private cellsBehind({ action, edges }: AutomatonNode, number: number, value: number): number[] {
    const start = this.generator.prepared.code.starts[this.thread]![number]!;
    switch (action.kind) {
      case 'access':
        return [start + ACCESS_TABLE + 2 * value + 1];
      case 'test':
        return edges.map((_, i) => start + 4 + 4 * action.terms.length + i);
      case 'fill':
        return [start + 2 + 4 * action.variables.length];
      case 'choose':
        return edges.map((_, i) => start + 2 + i);
      default:
        return [start];
    }
  }

  private entries(
    fields: FieldMap,
    { action }: AutomatonNode,
    number: number,
  ): readonly TableEntry[] {
    const { prepared, map } = this.generator;
    const nothing: TableEntry = { flips: [], last: 0 };
    if (action.kind === 'finished') return [nothing];
    const own = () => {
      const inTable = this.generator.module.tableNumber(this.functions.of(this.thread, number));
      return { flips: [], last: HAS_FUNCTION | (inTable << LIST_SHIFT) };
    };
    if (action.kind !== 'access') return [own()];
    const first = prepared.code.starts[this.thread]![number]! + ACCESS_TABLE;
    const edges = action.next.map((to, v) =>
      to < 0 ? undefined : this.functions.edgeIn(first + 2 * v + 1),
    );
    const needsFunction = (v: number) =>
      edges[v] === undefined ? action.next[v] !== -1 : !this.isPlain(edges[v]);
    let ownEntry: TableEntry | undefined;
    const thread = widen(prepared.layout.threadFields[this.thread]!);
    const variable = widen(fields.of(action.variable));
    return action.next.map((to, v) => {
      if (needsFunction(v)) {
        ownEntry ??= own();
        return ownEntry;
      }
      const cell = first + 2 * v + 1;
      const edge = edges[v];
      if (edge === undefined) return { ...nothing, cell };
      const flips = new Array<bigint>(map.words).fill(0n);
      flips[variable.word]! ^= BigInt(v ^ to) << BigInt(variable.shift);
      flips[thread.word]! ^= BigInt(number ^ edge.target) << BigInt(thread.shift);
      if (edge.happenings !== 0) this.countsLists = true;
      return { flips, last: map.stateBytes | (edge.happenings << LIST_SHIFT), cell };
    });
  }

  /** Nothing has to be judged on this edge, and it ends the step. */
  private isPlain({ interior, watched, happenings }: EdgeCell): boolean {
    return !interior && !watched && !this.settling.hasPrograms(happenings);
  }
}

interface TableEntry {
  readonly flips: readonly bigint[];
  readonly last: number;
  /** The passage that is counted in it. */
  readonly cell?: number;
}
