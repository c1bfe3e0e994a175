import type { AutomatonNode } from '../automaton/automaton.ts';
import { actionText } from '../generators/operation-text.ts';
import { Operation } from '../language/operation.ts';
import type { Prepared } from '../search/explore.ts';
import { comment } from './promela-comment.ts';
import { assignments, guardText } from './promela-expressions.ts';
import type { PromelaNames } from './promela-names.ts';
import { type Way, waysFrom } from './ways.ts';

/** One thread as a process: a label for each node, an option for each way that its step can go. */
export function threadText(
  { compiled }: Prepared,
  names: PromelaNames,
  thread: number,
): readonly string[] {
  const automaton = compiled.automata[thread]!;
  const { nodes, visibleCount, entry } = automaton;
  const labels = names.labels[thread]!;
  const rest = [...nodes.keys()].slice(0, visibleCount).filter((node) => node !== entry);

  const nodeText = (number: number): readonly string[] => {
    const node = nodes[number]!;
    const label = labels[number]!;
    if (node.action.kind === 'finished') return [`${label}: false`];
    const options = waysFrom(automaton, number).map((way) => optionText(way, names, labels, label));
    const body = options.length > 0 ? options : [`:: false -> goto ${label}`];
    return [...does(node), `${label}: if`, ...body.map((option) => `  ${option}`), '  fi;'];
  };

  const { name, role } = compiled.system.threads[thread]!;
  // A process starts with its first statement.
  return [
    comment(`${name}, ${role}`),
    `active proctype ${names.threads[thread]}() {`,
    ...[entry, ...rest].flatMap(nodeText),
    '}',
  ];
}

function does({ action, label }: AutomatonNode): readonly string[] {
  if (action.kind === 'finished' || action.kind === 'crash') return [];
  const text = actionText(new Operation(action));
  return [comment(label === undefined ? text : `${label}: ${text}`)];
}

/**
 * A way as exactly one transition: one statement, or several in a `d_step`. What ends the run here
 * leads back in SPIN, which counts the transition and finds no new state.
 */
function optionText(
  { known, end }: Way,
  names: PromelaNames,
  labels: readonly string[],
  label: string,
): string {
  const guard = guardText(known, names);
  const effects = end.kind === 'node' ? assignments(known, names) : ['assert(false)'];
  const jump =
    end.kind === 'node' ? `goto ${labels[end.node]}` : `goto ${label} ${comment(end.message)}`;
  if (effects.length === 0) return `:: ${guard} -> ${jump}`;
  if (guard !== 'true') return `:: d_step { ${guard} -> ${effects.join('; ')} }; ${jump}`;
  return effects.length === 1
    ? `:: ${effects[0]}; ${jump}`
    : `:: d_step { ${effects.join('; ')} }; ${jump}`;
}
