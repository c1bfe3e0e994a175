import type { Automaton } from '../automaton/automaton.ts';
import type { CompiledSystem } from '../automaton/compile.ts';
import { type Footprint, footprintOf } from '../automaton/footprint.ts';
import { mayWait, meetingKey } from '../engine/coverage.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import { stepKeyAt } from '../search/gather-coverage.ts';
import { exclusionIn, heldAt } from './held-locks.ts';
import type { Obligation } from './obligation.ts';
import { nameOf } from './step-obligations.ts';

/** Nodes of one thread that touch the same under the same locks at the same place in the code. */
interface Toucher extends Footprint {
  readonly key: string;
  readonly name: string;
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
    const footprint = footprintOf(automaton, at);
    const [reads, writes] = [withoutGhosts(footprint.reads), withoutGhosts(footprint.writes)];
    if (reads.size + writes.size === 0) continue;
    const name = nameOf(functionName, label, action);
    const names = (set: ReadonlySet<Variable<Scalar>>) => [...set].map((one) => one.name).sort();
    const identity = [key, names(reads), names(writes), [...held[at]!].sort()];
    touchers.set(JSON.stringify(identity), { key, name, reads, writes, held: held[at]! });
  }
  return [...touchers.values()];
}

function withoutGhosts(variables: ReadonlySet<Variable<Scalar>>): ReadonlySet<Variable<Scalar>> {
  return new Set([...variables].filter(({ ghost }) => !ghost));
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
