import type { Automaton, AutomatonNode, Edge } from '../automaton/automaton.ts';
import type { CompiledSystem } from '../automaton/compile.ts';
import { EventLists } from './event-lists.ts';
import { type Field, FieldMap, type Layout } from './layout.ts';

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

/**
 * An edge is one cell: the target node and these flags. `DISABLED` and `OUT_OF_DOMAIN` are below 0.
 */
export const TARGET_MASK = 0xfffff;
export const INTERIOR_FLAG = 1 << 20;
export const EVENTS_FLAG = 1 << 21;

/**
 * The automata as one array of cells. Fields are three cells (word, shift, mask). At a node:
 *
 * - ACCESS, field, watched, node number, then for each value index: bits to flip, edge
 * - TEST, waits, 1 for `every`, number of terms, terms (field, address of accepted values), edges
 *   for
 *   false and true (one edge if it waits)
 * - FILL, number of variables, variables (word, bits to keep, bits to set, watched), edge
 * - CHOOSE, number of options, edges
 * - FINISHED; FAILURE, node number; CRASH, node number
 */
export interface ThreadCode {
  readonly cells: Int32Array;
  /** Per thread and node, the address of its code. */
  readonly starts: readonly Int32Array[];
  /** For each cell that holds an edge, the number of what happens along it in `eventLists`. */
  readonly eventNumbers: Int32Array;
  readonly eventLists: EventLists;
}

/** @param watched whether a claim speaks of the steps of this variable, by index in the layout */
export function encodeThreads(
  { automata }: CompiledSystem,
  layout: Layout,
  watched: ReadonlySet<string>,
): ThreadCode {
  const encoder = new Encoder(layout, watched);
  const starts = automata.map((automaton) => encoder.encode(automaton));
  const eventNumbers = new Int32Array(encoder.cells.length);
  for (const [cell, number] of encoder.events) eventNumbers[cell] = number;
  const { eventLists } = encoder;
  return { cells: Int32Array.from(encoder.cells), starts, eventNumbers, eventLists };
}

class Encoder {
  readonly cells: number[] = [];
  readonly eventLists = new EventLists();
  readonly events = new Map<number, number>();
  private readonly fields: FieldMap;
  private readonly watched: ReadonlySet<string>;

  constructor(layout: Layout, watched: ReadonlySet<string>) {
    this.fields = new FieldMap(layout);
    this.watched = watched;
  }

  encode(automaton: Automaton): Int32Array {
    const starts = new Int32Array(automaton.nodes.length);
    automaton.nodes.forEach((node, i) => {
      const tables = this.acceptTables(node);
      starts[i] = this.cells.length;
      this.node(node, i, tables, (edge) => this.edge(automaton, edge));
    });
    return starts;
  }

  private node(
    { action, edges }: AutomatonNode,
    number: number,
    tables: readonly number[],
    edge: (edge: Edge) => void,
  ): void {
    const { cells } = this;
    switch (action.kind) {
      case 'access': {
        const field = this.fields.of(action.variable);
        cells.push(ACCESS, ...cellsOf(field), Number(this.watched.has(action.variable.name)));
        cells.push(number);
        action.next.forEach((to, from) => {
          cells.push(to < 0 ? 0 : (from ^ to) << field.shift);
          if (to < 0) cells.push(to);
          else edge(edges[action.outcome[from]!]!);
        });
        return;
      }
      case 'test':
        cells.push(TEST, Number(action.waits), Number(action.quantifier === 'every'));
        cells.push(action.terms.length);
        action.terms.forEach(({ variable }, i) => {
          cells.push(...cellsOf(this.fields.of(variable)), tables[i]!);
        });
        edges.forEach(edge);
        return;
      case 'fill':
        cells.push(FILL, action.variables.length);
        action.variables.forEach((variable, i) => {
          const { word, shift, mask } = this.fields.of(variable);
          cells.push(word, ~(mask << shift), action.to[i]! << shift);
          cells.push(Number(this.watched.has(variable.name)));
        });
        edges.forEach(edge);
        return;
      case 'choose':
        cells.push(CHOOSE, edges.length);
        edges.forEach(edge);
        return;
      case 'finished':
        cells.push(FINISHED);
        return;
      case 'failure':
        cells.push(FAILURE, number);
        return;
      case 'crash':
        cells.push(CRASH, number);
        return;
    }
  }

  private edge(automaton: Automaton, { target, events }: Edge): void {
    let cell = target;
    if (automaton.nodes[target]!.interior) cell |= INTERIOR_FLAG;
    if (events.length > 0) {
      cell |= EVENTS_FLAG;
      this.events.set(this.cells.length, this.eventLists.add(events));
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
