import type { Decision } from '../automaton/decision.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';

/** A value that a variable is known to have, by its index. */
export interface Known {
  readonly variable: Variable<Scalar>;
  readonly value: number;
}

/** Whether a claim's program judges `false` in every state, or in every one with a known value. */
export function failsAlways(decision: Decision, known?: Known): boolean {
  if (decision.kind === 'judge') return decision.judgement === false;
  if (decision.kind === 'crash') return false;
  return possibleTargets(decision, known).every((target) => failsAlways(target, known));
}

function possibleTargets(
  { action, targets }: Decision & { readonly kind: 'look' },
  known: Known | undefined,
): readonly Decision[] {
  if (known === undefined || action.kind === 'inside') return targets;
  const { variable, value } = known;
  if (action.kind === 'access') {
    return action.variable === variable ? [targets[action.outcome[value]!]!] : targets;
  }
  const own = action.terms.filter((term) => term.variable === variable);
  if (own.length === 0) return targets;
  // A false term decides `every`, a true one decides `some`; others do if there are no more.
  const decisive = action.quantifier === 'some';
  if (own.some(({ accepts }) => accepts[value] === decisive)) return [targets[Number(decisive)]!];
  return own.length === action.terms.length ? [targets[Number(!decisive)]!] : targets;
}
