import type { Automaton } from '../automaton/automaton.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import type { Prepared } from '../search/explore.ts';

/** What things are called in Promela. */
export interface PromelaNames {
  readonly variables: ReadonlyMap<Variable<Scalar>, string>;
  readonly threads: readonly string[];
  /** Per thread and visible node. */
  readonly labels: readonly (readonly string[])[];
  /** By id. */
  readonly claims: ReadonlyMap<string, string>;
}

/**
 * Names everything after what it is called in the model. The prefixes keep the names apart from
 * each other and from the words of Promela, of C, and of the macros of pan.
 */
export function namesOf({ compiled, layout }: Prepared): PromelaNames {
  const { system, automata } = compiled;
  const variables = uniqueNames('v_', layout.variables, ({ name }) => name);
  const threads = uniqueNames('t_', system.threads, ({ name }) => name);
  const all = [...system.claims, ...(system.liveness ?? [])];
  const claims = uniqueNames('c_', all, ({ id }) => id);
  return {
    variables,
    threads: system.threads.map((thread) => threads.get(thread)!),
    labels: automata.map(labelsOf),
    claims: new Map(all.map((claim) => [claim.id, claims.get(claim)!])),
  };
}

/** SPIN takes a process whose label starts with `end` for one that may stop there. */
function labelsOf({ nodes, visibleCount }: Automaton): readonly string[] {
  return nodes.slice(0, visibleCount).map(({ action, label }, i) => {
    if (action.kind === 'finished') return `end_${i}`;
    return label === undefined ? `L${i}` : `L${i}_${word(label)}`;
  });
}

function uniqueNames<T>(
  prefix: string,
  things: readonly T[],
  nameOf: (thing: T) => string,
): ReadonlyMap<T, string> {
  const names = new Map<T, string>();
  const taken = new Set<string>();
  for (const thing of things) {
    const plain = prefix + word(nameOf(thing));
    let name = plain;
    for (let i = 2; taken.has(name); i++) name = `${plain}_${i}`;
    taken.add(name);
    names.set(thing, name);
  }
  return names;
}

/** `vcpu0.snapshot[1]` becomes `vcpu0_snapshot_1`. */
function word(text: string): string {
  return text.replace(/\W+/g, '_').replace(/_$/, '');
}
