import type { CompiledSystem } from '../automaton/compile.ts';
import {
  type Coverage,
  isGhostly,
  mayWait,
  meetingKey,
  passageKey,
  stepKey,
  waypointKey,
} from '../engine/coverage.ts';
import type { Layout } from './layout.ts';
import type { Passage } from './passages.ts';

/** Where the nodes of the threads are looked up. */
type NamedNodes = Pick<CompiledSystem, 'automata'>;

/** The key of the step that a node stands for; nothing for the end and for what only claims see. */
export function stepKeyAt(
  { automata }: NamedNodes,
  thread: number,
  node: number,
): string | undefined {
  const { action, functionName, label } = automata[thread]!.nodes[node]!;
  if (functionName === undefined || action.kind === 'finished' || action.kind === 'crash') return;
  return isGhostly(action) ? undefined : stepKey({ functionName, label, action });
}

/**
 * Names what was counted.
 *
 * @param timesOf how often the search took the passage of this cell
 */
export function nameTimes(
  compiled: CompiledSystem,
  passages: ReadonlyMap<number, Passage>,
  timesOf: (cell: number) => number,
): Coverage['times'] {
  const times = new Map<string, number>();
  const add = (key: string, count: number) => times.set(key, (times.get(key) ?? 0) + count);
  for (const { entryWaypoints } of compiled.automata) {
    for (const { functionName, label } of entryWaypoints) add(waypointKey(functionName, label), 1);
  }
  for (const [cell, { thread, node, outcome, edge }] of passages) {
    const count = timesOf(cell);
    if (count === 0) continue;
    const step = stepKeyAt(compiled, thread, node);
    if (step !== undefined) add(passageKey(step, outcome), count);
    for (const { functionName, label } of edge?.waypoints ?? []) {
      add(waypointKey(functionName, label), count);
    }
  }
  return times;
}

/** Numbers of the steps that may meet; for each pair of them a byte says whether they did. */
export class MeetingTable {
  /** Bytes in a row, and rows. */
  readonly size: number;
  /** Per thread and node, the number of the step; 0 for what is left out. */
  readonly numbers: readonly Int32Array[];
  /** Keys of steps by number. */
  private readonly keys: string[] = [''];

  constructor(compiled: CompiledSystem) {
    const known = new Map<string, number>();
    this.numbers = compiled.automata.map(({ nodes, visibleCount }, thread) =>
      Int32Array.from(nodes.slice(0, visibleCount), ({ action }, node) => {
        const key = stepKeyAt(compiled, thread, node);
        if (key === undefined || action.kind === 'failure') return 0;
        if (action.kind === 'finished' || action.kind === 'crash' || mayWait(action)) return 0;
        const number = known.get(key) ?? this.keys.push(key) - 1;
        known.set(key, number);
        return number;
      }),
    );
    this.size = this.keys.length;
  }

  /** The pairs whose byte is not 0, by `meetingKey`. */
  name(seen: Uint8Array): Coverage['meetings'] {
    const { keys, size } = this;
    const found = new Set<string>();
    seen.forEach((isSeen, pair) => {
      const [one, other] = [Math.floor(pair / size), pair % size];
      if (isSeen !== 0 && one > 0 && other > 0) found.add(meetingKey(keys[one]!, keys[other]!));
    });
    return found;
  }
}

/** Finds the pairs of steps that two threads are about to take in one state. */
export class Meetings {
  private readonly table: MeetingTable;
  private readonly layout: Layout;
  private readonly seen: Uint8Array;

  constructor(compiled: CompiledSystem, layout: Layout) {
    this.table = new MeetingTable(compiled);
    this.layout = layout;
    this.seen = new Uint8Array(this.table.size ** 2);
  }

  /** Looks at packed states that lie one after the other, `stride` words each. */
  visit(words: Int32Array, from: number, end: number, stride: number): void {
    const { seen } = this;
    const { numbers, size } = this.table;
    const { threadFields } = this.layout;
    const here = new Int32Array(threadFields.length);
    for (let at = from; at < end; at += stride) {
      for (let thread = 0; thread < here.length; thread++) {
        const { word, shift, mask } = threadFields[thread]!;
        here[thread] = numbers[thread]![(words[at + word]! >>> shift) & mask]!;
        const row = here[thread]! * size;
        for (let other = 0; other < thread; other++) seen[row + here[other]!] = 1;
      }
    }
  }

  /** What was found so far. */
  found(): Coverage['meetings'] {
    return this.table.name(this.seen);
  }
}
