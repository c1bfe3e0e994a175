import type { Judgement } from '../language/claim.ts';
import { ContractError } from '../language/model-error.ts';
import type { Access, Inside, Steps, Test } from '../language/operation.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import type { LinkedNode, Linker } from './link.ts';
import type { Summarizer } from './summarize.ts';

/** A claim's program on one state: reads, and in the end a judgement. */
export type Decision =
  | {
      readonly kind: 'look';
      readonly action: Access | Test | Inside;
      /** One for each result; for `inside` the result is the number of threads. */
      readonly targets: readonly Decision[];
    }
  | { readonly kind: 'judge'; readonly judgement: Judgement }
  | { readonly kind: 'crash'; readonly message: string };

/**
 * Compiles the program of a claim.
 *
 * @throws ContractError if it does anything but look, or never ends
 */
export function compileDecision(
  owner: string,
  summarizer: Summarizer,
  linker: Linker,
  program: () => Steps<Judgement>,
): Decision {
  const { root, returns } = summarizer.summarizeProgram(owner, program);
  const leaves = returns.map((value) => linker.leaf(String(value)));
  const judgements = new Map<LinkedNode, Judgement>(
    returns.map((value, i) => [leaves[i] as LinkedNode, judgementOf(owner, value)]),
  );
  const known = new Map<LinkedNode, Decision>();
  const inProgress = new Set<LinkedNode>();

  const decide = (node: LinkedNode): Decision => {
    const judgement = judgements.get(node);
    if (judgement !== undefined) return { kind: 'judge', judgement };
    const done = known.get(node);
    if (done !== undefined) return done;
    if (inProgress.has(node)) {
      throw new ContractError(`${owner} never ends; expected a claim to judge after some reads`);
    }
    inProgress.add(node);
    const decision = decideInner(node);
    inProgress.delete(node);
    known.set(node, decision);
    return decision;
  };

  const decideInner = ({ what, targets }: LinkedNode): Decision => {
    switch (what.kind) {
      case 'jump':
      case 'event':
      case 'atomic':
      case 'passed':
      case 'waypoint':
        return decide(targets[0] as LinkedNode);
      case 'crash':
        return { kind: 'crash', message: what.message };
      case 'access':
        if (what.next.some((to, from) => to !== from)) break;
        return { kind: 'look', action: what, targets: targets.map(decide) };
      case 'test':
        if (what.waits) break;
        return { kind: 'look', action: what, targets: targets.map(decide) };
      case 'inside':
        return { kind: 'look', action: what, targets: targets.map(decide) };
    }
    throw new ContractError(
      `${owner} does a ${what.kind === 'access' ? what.verb : what.kind}; ` +
        'expected a claim to read variables and ask who is inside, and nothing else',
    );
  };

  return decide(linker.linkProgram(root, leaves));
}

function judgementOf(owner: string, value: unknown): Judgement {
  if (value === true || value === false || value === 'vacuous') return value;
  throw new ContractError(`${owner} judges ${String(value)}; expected true, false or 'vacuous'`);
}

/** The variables that a decision may look at. */
export function variablesRead(decision: Decision): readonly Variable<Scalar>[] {
  if (decision.kind !== 'look') return [];
  const { action, targets } = decision;
  const own =
    action.kind === 'access'
      ? [action.variable]
      : action.kind === 'test'
        ? action.terms.map((term) => term.variable)
        : [];
  return [...new Set([...own, ...targets.flatMap(variablesRead)])];
}

/** The questions who is inside that a decision may ask. */
export function insidesRead(decision: Decision): readonly Inside[] {
  if (decision.kind !== 'look') return [];
  const { action, targets } = decision;
  return [...(action.kind === 'inside' ? [action] : []), ...targets.flatMap(insidesRead)];
}
