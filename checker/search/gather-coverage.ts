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

/** Finds the pairs of steps that two threads are about to take in one state. */
export class Meetings {
  /** Keys of steps by number; 0 stands for a node that is left out. */
  private readonly keys: string[] = [''];
  /** Per thread and node. */
  private readonly numbers: readonly Int32Array[];
  /** For each pair of numbers, 1 once it was seen. */
  private readonly seen: Uint8Array;
  private readonly layout: Layout;

  constructor(compiled: CompiledSystem, layout: Layout) {
    this.layout = layout;
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
    this.seen = new Uint8Array(this.keys.length ** 2);
  }

  /** Looks at packed states that lie one after the other, `stride` words each. */
  visit(words: Int32Array, from: number, end: number, stride: number): void {
    const { seen, numbers } = this;
    const { threadFields } = this.layout;
    const size = this.keys.length;
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

  /** What was found so far, by `meetingKey`. */
  found(): Coverage['meetings'] {
    const { keys, seen } = this;
    const found = new Set<string>();
    seen.forEach((isSeen, pair) => {
      const [one, other] = [Math.floor(pair / keys.length), pair % keys.length];
      if (isSeen === 1 && one > 0 && other > 0) found.add(meetingKey(keys[one]!, keys[other]!));
    });
    return found;
  }
}
