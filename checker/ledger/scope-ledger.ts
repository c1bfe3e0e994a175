import type { CompiledSystem } from '../automaton/compile.ts';
import type { Coverage } from '../engine/coverage.ts';
import type { Claim } from '../language/claim.ts';
import type { Obligation } from './obligation.ts';
import { type Possible, possibleIn } from './possible.ts';
import { raceObligations } from './races.ts';
import { stepObligations } from './step-obligations.ts';

/** What became of an obligation in one scope. */
export interface ScopeEntry extends Pick<Obligation, 'kind' | 'name' | 'functionName'> {
  /**
   * How often it was met: transitions for a step, branch or wait, judgements for a premise; for a
   * race the number of pairs of variables' elements, or other siblings, that it was seen on.
   */
  readonly times: number;
  /**
   * Why it may not have been met: `open` if nothing that is known without a search forbids it,
   * `impossible` if no value and no step of this scope leads to it, or the claim that would fail.
   */
  readonly otherwise: 'open' | 'impossible' | { readonly claim: string };
}

/** What a search went through, and how often claims were judged. */
export interface Seen {
  readonly coverage: Coverage;
  readonly premises: ReadonlyMap<string, number>;
}

/**
 * Holds the obligations of one scope against what a search of it saw.
 *
 * @param compiled with all claims of the model, as what they forbid need not be seen
 * @param judged the claims that the search judged
 */
export function scopeLedger(
  compiled: CompiledSystem,
  judged: readonly Claim[],
  { coverage, premises }: Seen,
): readonly ScopeEntry[] {
  const possible = possibleIn(compiled);
  const { times, meetings } = coverage;
  const entry = (one: Obligation, count: number, otherwise: ScopeEntry['otherwise']) => {
    const { keys: _, ...rest } = one;
    return { ...rest, times: count, otherwise };
  };
  return [
    ...stepObligations(compiled).map((one) => {
      const count = one.keys.reduce((sum, key) => sum + (times.get(key) ?? 0), 0);
      return entry(one, count, otherwiseOf(one, possible));
    }),
    ...raceObligations(compiled, possible.happens).map((one) => {
      const count = new Set(one.keys.filter((key) => meetings.has(key))).size;
      return entry(one, count, 'open');
    }),
    ...judged.map(({ id }) => premiseEntry(id, premises)),
  ];
}

/** That a claim was judged with its premise met. */
export function premiseEntry(claim: string, premises: ReadonlyMap<string, number>): ScopeEntry {
  const name = `claim ${claim} judged`;
  return { kind: 'premise', name, times: premises.get(claim) ?? 0, otherwise: 'open' };
}

function otherwiseOf({ keys }: Obligation, { claims }: Possible): ScopeEntry['otherwise'] {
  const known = keys.flatMap((key) => claims.get(key) ?? []);
  if (known.includes('')) return 'open';
  const [claim] = known.sort();
  return claim === undefined ? 'impossible' : { claim };
}
