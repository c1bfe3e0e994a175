import type { Automaton } from '../automaton/automaton.ts';
import { ModelError } from '../language/model-error.ts';
import { type Access, DISABLED, type Fill, type Test } from '../language/operation.ts';
import { ATOMIC_STEPS_MAX } from '../search/expander.ts';
import { Known, negated } from './known.ts';

/** How a step ends: at a node, with an assertion that fails, or with an error of the model. */
export type End =
  | { readonly kind: 'node'; readonly node: number }
  | { readonly kind: 'failure'; readonly message: string; readonly claim?: string }
  | { readonly kind: 'error'; readonly message: string };

/**
 * One way that a step can go. The ways from a node exclude each other by what is known of the
 * values before the step, except where they differ by a choice: each way that is open in a state is
 * one transition.
 */
export interface Way {
  readonly known: Known;
  readonly end: End;
}

/** The most ways that one step may have. */
const WAYS_MAX = 10_000;

/**
 * The ways that the step from a visible node can go, through atomic blocks to their ends.
 *
 * @throws ModelError if there are too many to write down
 */
export function waysFrom({ nodes }: Automaton, start: number): readonly Way[] {
  const ways: Way[] = [];

  const finish = (known: Known, end: End) => {
    if (ways.length === WAYS_MAX) {
      const place = nodes[start]!.label ?? `node ${start}`;
      throw new ModelError(
        `the step at ${place} can go more than ${WAYS_MAX} ways; expected a smaller atomic block`,
      );
    }
    ways.push({ known, end });
  };

  const follow = (known: Known | undefined, target: number, depth: number) => {
    if (known === undefined) return;
    if (!nodes[target]!.interior) finish(known, { kind: 'node', node: target });
    else if (depth < ATOMIC_STEPS_MAX) walk(known, target, depth + 1);
    else finish(known, { kind: 'error', message: 'an atomic block does not end' });
  };

  const walk = (known: Known, number: number, depth: number) => {
    const { action, edges } = nodes[number]!;
    const go = (next: Known | undefined, edge: number) => follow(next, edges[edge]!.target, depth);
    switch (action.kind) {
      case 'access': {
        const targetOf = (value: number) => edges[action.outcome[value]!]?.target;
        for (const { values, target } of groups(action, targetOf)) {
          const next = known
            .withEvery([{ variable: action.variable, accepts: values }])
            ?.changed(action.variable, (value) => action.next[value]!);
          if (target !== undefined) follow(next, target, depth);
          else if (next !== undefined) finish(next, outOfDomain(action));
        }
        return;
      }
      case 'test': {
        const { yes, no } = outcomes(known, action);
        if (!action.waits) go(no, 0);
        return go(yes, action.waits ? 0 : 1);
      }
      case 'fill':
        return go(filled(known, action), 0);
      case 'choose':
        for (const option of edges.keys()) go(known, option);
        return;
      case 'failure':
        return finish(known, action);
      case 'crash':
        return finish(known, { kind: 'error', message: action.message });
      case 'finished':
        return;
    }
  };

  walk(new Known(), start, 0);
  return ways;
}

interface Group {
  readonly values: readonly boolean[];
  /** Nothing where the access would leave the domain. */
  readonly target: number | undefined;
}

/** The values in which an access can run, by the node that it leads to. */
function groups(
  { next }: Access,
  targetOf: (value: number) => number | undefined,
): readonly Group[] {
  const enabled = [...next.keys()].filter((value) => next[value] !== DISABLED);
  return [...new Set(enabled.map(targetOf))].map((target) => ({
    target,
    values: next.map((to, value) => to !== DISABLED && targetOf(value) === target),
  }));
}

function outcomes(known: Known, { quantifier, terms }: Test) {
  return quantifier === 'every'
    ? { yes: known.withEvery(terms), no: known.withSome(terms.map(negated)) }
    : { yes: known.withSome(terms), no: known.withEvery(terms.map(negated)) };
}

function filled(known: Known, { variables, to }: Fill): Known {
  return variables.reduce((filling, variable, i) => filling.changed(variable, () => to[i]!), known);
}

function outOfDomain({ verb, variable }: Access): End {
  return { kind: 'error', message: `${verb} leaves the domain of ${variable.name}` };
}
