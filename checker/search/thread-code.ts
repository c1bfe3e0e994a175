import type { Automaton, AutomatonNode, Edge } from '../automaton/automaton.ts';
import type { CompiledSystem } from '../automaton/compile.ts';
import { ContractError } from '../language/model-error.ts';
import { HappeningLists, NOTHING } from './happenings.ts';
import { type Field, FieldMap, type Layout } from './layout.ts';
import { type Passage, passagesOf } from './passages.ts';
import { type Watch, watchesOf } from './watches.ts';

/**
 * The first cell of each node's code. Plain numbers, not an enum: the interpreter switches on them.
 */
export const ACCESS = 0;
export const TEST = 1;
export const FILL = 2;
export const CHOOSE = 3;
export const FINISHED = 4;
export const FAILURE = 5;
export const CRASH = 6;

/** Where in the code of an ACCESS the table over its values begins. */
export const ACCESS_TABLE = 5;

/**
 * An edge is one cell: the target node and these flags. `DISABLED` and `OUT_OF_DOMAIN` are below 0.
 */
export const TARGET_MASK = 0xfffff;
export const INTERIOR_FLAG = 1 << 20;
export const HAPPENINGS_FLAG = 1 << 21;
/** A variable changes that a step claim watches, in a way that has to be judged. */
export const WATCHED_FLAG = 1 << 22;

/**
 * The automata as one array of cells. Fields are three cells (word, shift, mask). At a node:
 *
 * - ACCESS, field, node number, then for each value index: bits to flip, edge
 * - TEST, waits, 1 for `every`, number of terms, terms (field, address of accepted values), edges
 *   for false and true (one edge if it waits)
 * - FILL, number of variables, variables (word, bits to keep, bits to set, watched), edge
 * - CHOOSE, number of options, edges
 * - FINISHED; FAILURE, node number; CRASH, node number
 */
export interface ThreadCode {
  readonly cells: Int32Array;
  /** Per thread and node, the address of its code. */
  readonly starts: readonly Int32Array[];
  /** For each cell that holds an edge, the number of what happens along it. */
  readonly happeningNumbers: Int32Array;
  readonly happenings: HappeningLists;
  /** What is counted, by cell. */
  readonly passages: ReadonlyMap<number, Passage>;
}

/** Encodes the automata of a system. */
export function encodeThreads(compiled: CompiledSystem, layout: Layout): ThreadCode {
  const encoder = new Encoder(compiled, layout);
  const starts = compiled.automata.map((automaton) => encoder.encode(automaton));
  const happeningNumbers = new Int32Array(encoder.cells.length);
  for (const [cell, number] of encoder.numbers) happeningNumbers[cell] = number;
  const { happenings } = encoder;
  const passages = passagesOf(compiled, { starts });
  return { cells: Int32Array.from(encoder.cells), starts, happeningNumbers, happenings, passages };
}

/** What an edge needs beside its target. */
interface EdgeExtras {
  readonly watched?: boolean;
  /** Claims whose premise is met and which hold. */
  readonly counts?: readonly string[];
}

class Encoder {
  readonly cells: number[] = [];
  readonly happenings: HappeningLists;
  /** By cell. */
  readonly numbers = new Map<number, number>();
  private readonly fields: FieldMap;
  private readonly watches: readonly Watch[];

  constructor(compiled: CompiledSystem, layout: Layout) {
    this.happenings = new HappeningLists(compiled);
    this.fields = new FieldMap(layout);
    this.watches = watchesOf(compiled.system);
  }

  encode(automaton: Automaton): Int32Array {
    if (automaton.nodes.length > TARGET_MASK) {
      throw new ContractError(
        `a thread has ${automaton.nodes.length} nodes; expected at most ${TARGET_MASK}`,
      );
    }
    const starts = new Int32Array(automaton.nodes.length);
    automaton.nodes.forEach((node, i) => {
      const tables = this.acceptTables(node);
      starts[i] = this.cells.length;
      this.node(automaton, node, i, tables);
    });
    return starts;
  }

  private node(
    automaton: Automaton,
    node: AutomatonNode,
    number: number,
    tables: readonly number[],
  ): void {
    const { cells } = this;
    const { action, edges } = node;
    switch (action.kind) {
      case 'access': {
        const field = this.fields.of(action.variable);
        cells.push(ACCESS, ...cellsOf(field), number);
        action.next.forEach((to, from) => {
          const edge = edges[action.outcome[from]!];
          cells.push(edge === undefined ? 0 : (from ^ to) << field.shift);
          if (edge === undefined) cells.push(to);
          else this.edge(automaton, edge, this.extrasOf(automaton, node, edge, from, to));
        });
        return;
      }
      case 'test':
        cells.push(TEST, Number(action.waits), Number(action.quantifier === 'every'));
        cells.push(action.terms.length);
        action.terms.forEach(({ variable }, i) => {
          cells.push(...cellsOf(this.fields.of(variable)), tables[i]!);
        });
        break;
      case 'fill':
        cells.push(FILL, action.variables.length);
        action.variables.forEach((variable, i) => {
          const { word, shift, mask } = this.fields.of(variable);
          cells.push(word, ~(mask << shift), action.to[i]! << shift);
          cells.push(Number(this.watches.some((watch) => watch.variable === variable)));
        });
        break;
      case 'choose':
        cells.push(CHOOSE, edges.length);
        break;
      case 'finished':
        cells.push(FINISHED);
        break;
      case 'failure':
        cells.push(FAILURE, number);
        break;
      case 'crash':
        cells.push(CRASH, number);
        break;
    }
    for (const edge of edges) this.edge(automaton, edge);
  }

  /**
   * Where one access is the whole step, the step claims on it are judged here, and the search only
   * counts that they were. In an atomic block they are judged by what the block changes in all.
   */
  private extrasOf(
    { nodes }: Automaton,
    { action, interior }: AutomatonNode,
    { target }: Edge,
    from: number,
    to: number,
  ): EdgeExtras {
    if (action.kind !== 'access' || from === to) return {};
    const watches = this.watches.filter(({ variable }) => variable === action.variable);
    const wholeStep = !interior && !nodes[target]!.interior;
    return wholeStep && watches.every(({ allowed }) => allowed[from]![to])
      ? { counts: watches.map(({ claim }) => claim) }
      : { watched: watches.length > 0 };
  }

  private edge(automaton: Automaton, { target, events }: Edge, extras: EdgeExtras = {}): void {
    const happenings = this.happenings.add(events, extras.counts);
    let cell = target;
    if (automaton.nodes[target]!.interior) cell |= INTERIOR_FLAG;
    if (extras.watched === true) cell |= WATCHED_FLAG;
    if (happenings !== NOTHING) {
      cell |= HAPPENINGS_FLAG;
      this.numbers.set(this.cells.length, happenings);
    }
    this.cells.push(cell);
  }

  private acceptTables({ action }: AutomatonNode): readonly number[] {
    if (action.kind !== 'test') return [];
    return action.terms.map(({ accepts }) => {
      const address = this.cells.length;
      this.cells.push(...accepts.map(Number));
      return address;
    });
  }
}

function cellsOf({ word, shift, mask }: Field): readonly [number, number, number] {
  return [word, shift, mask];
}
