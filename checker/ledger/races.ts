import type { Automaton } from '../automaton/automaton.ts';
import type { CompiledSystem } from '../automaton/compile.ts';
import { mayWait, meetingKey } from '../engine/coverage.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import { stepKeyAt } from '../search/gather-coverage.ts';
import { exclusionIn, heldAt } from './held-locks.ts';
import type { Obligation } from './obligation.ts';
import { nameOf } from './step-obligations.ts';

/** Nodes of one thread that touch the same under the same locks at the same place in the code. */
interface Toucher {
  readonly key: string;
  readonly name: string;
  readonly reads: ReadonlySet<Variable<Scalar>>;
  readonly writes: ReadonlySet<Variable<Scalar>>;
  readonly held: ReadonlySet<string>;
}

/**
 * The pairs of steps that may race: of two threads, on one variable that at least one of them
 * writes, and under no two locks that exclude each other. Steps that may wait, and so all of a lock
 * itself, are left out: for them waiting is the order that matters.
 *
 * @param happens whether a thread can come to a node without a claim having failed
 */
export function raceObligations(
  compiled: CompiledSystem,
  happens: (thread: number, node: number) => boolean,
): readonly Obligation[] {
  const excludes = exclusionIn(compiled);
  const touchers = compiled.automata.map((automaton, thread) =>
    touchersOf(compiled, automaton, thread, (node) => happens(thread, node)),
  );
  const races = new Map<string, Obligation & { readonly keys: string[] }>();
  touchers.forEach((ours, thread) => {
    for (const theirs of touchers.slice(thread + 1)) {
      for (const one of ours) {
        for (const other of theirs) {
          if (!conflict(one, other) || areExcluded(one, other, excludes)) continue;
          const name = [one.name, other.name].sort().join(' / ');
          const race = races.get(name) ?? { kind: 'race', name, keys: [] };
          races.set(name, race);
          race.keys.push(meetingKey(one.key, other.key));
        }
      }
    }
  });
  return [...races.values()];
}

function touchersOf(
  compiled: CompiledSystem,
  automaton: Automaton,
  thread: number,
  happens: (node: number) => boolean,
): readonly Toucher[] {
  const held = heldAt(automaton);
  const touchers = new Map<string, Toucher>();
  for (let at = 0; at < automaton.visibleCount; at++) {
    const { action, functionName, label } = automaton.nodes[at]!;
    const key = stepKeyAt(compiled, thread, at);
    if (key === undefined || functionName === undefined || !happens(at)) continue;
    if (action.kind === 'finished' || action.kind === 'crash' || mayWait(action)) continue;
    const { reads, writes } = footprintOf(automaton, at);
    if (reads.size + writes.size === 0) continue;
    const name = nameOf(functionName, label, action);
    const names = (set: ReadonlySet<Variable<Scalar>>) => [...set].map((one) => one.name).sort();
    const identity = [key, names(reads), names(writes), [...held[at]!].sort()];
    touchers.set(JSON.stringify(identity), { key, name, reads, writes, held: held[at]! });
  }
  return [...touchers.values()];
}

/** What a step may look at and change, all of an atomic block included; ghosts are left out. */
function footprintOf({ nodes }: Automaton, start: number): Pick<Toucher, 'reads' | 'writes'> {
  const reads = new Set<Variable<Scalar>>();
  const writes = new Set<Variable<Scalar>>();
  const seen = new Set([start]);
  for (const at of seen) {
    const { action, edges } = nodes[at]!;
    if (action.kind === 'access') {
      const { variable, next, results } = action;
      if (next.some((to, from) => to >= 0 && to !== from)) writes.add(variable);
      if (results.length > 1) reads.add(variable);
    }
    if (action.kind === 'test') for (const { variable } of action.terms) reads.add(variable);
    if (action.kind === 'fill') for (const variable of action.variables) writes.add(variable);
    for (const { target } of edges) if (nodes[target]!.interior) seen.add(target);
  }
  const visible = (set: Set<Variable<Scalar>>) => new Set([...set].filter(({ ghost }) => !ghost));
  return { reads: visible(reads), writes: visible(writes) };
}

function conflict(one: Toucher, other: Toucher): boolean {
  return [...one.writes].some((variable) => other.reads.has(variable) || other.writes.has(variable))
    ? true
    : [...other.writes].some((variable) => one.reads.has(variable));
}

function areExcluded(
  one: Toucher,
  other: Toucher,
  excludes: (one: string, other: string) => boolean,
): boolean {
  return [...one.held].some((side) => [...other.held].some((another) => excludes(side, another)));
}
