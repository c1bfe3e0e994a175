import { combine } from '../check/check.ts';
import type { ClaimOutline } from '../check/claim-results.ts';
import { isJudgedIn } from '../check/part.ts';
import type { CheckResult, ScopeResult, Verdict } from '../check/result.ts';
import type { Model } from '../language/model.ts';
import type { Scope } from '../language/parameter.ts';
import type { WorkerAnswer } from './messages.ts';

/** What a check was asked to do. */
export interface CheckSubject {
  readonly model: Model;
  readonly scopes: readonly Scope[];
  /** Where the claims over infinite runs are judged, after the others. */
  readonly livenessScopes: readonly Scope[];
  readonly engine: string;
  readonly claims: readonly ClaimOutline[];
}

/**
 * The result of a check whose worker is gone: the scopes that it had ended, and one more in which
 * every claim is undecided and the sizes are those of the last progress.
 */
export function lostResult(
  { model, scopes, livenessScopes, engine, claims }: CheckSubject,
  { reason, last, finished }: WorkerAnswer & { readonly kind: 'lost' },
): CheckResult {
  const all = [...scopes, ...livenessScopes];
  const scope = all[finished.length];
  if (scope === undefined) {
    // All scopes had ended; what was lost is the proof that they are worth something.
    const found = combine(model, engine, finished, true);
    return found.verdict === 'EXHAUSTED' ? { ...found, verdict: verdictOf(reason) } : found;
  }
  const reached = last?.scope === finished.length ? last : undefined;
  const part = finished.length < scopes.length ? 'safety' : 'liveness';
  const lost: ScopeResult = {
    part,
    scope,
    verdict: verdictOf(reason),
    stopped: reason,
    states: reached?.states ?? 0,
    transitions: reached?.transitions ?? 0,
    depth: reached?.depth ?? 0,
    stateBits: 0,
    memoryBytes: reached?.memoryBytes ?? 0,
    seconds: 0,
    claims: claims
      .filter(({ kind }) => isJudgedIn(part, kind))
      .map((claim) => ({ ...claim, verdict: 'UNDECIDED', premise: 0 })),
  };
  const results = [...finished, lost];
  return combine(model, engine, results, results.length === all.length, claims);
}

function verdictOf(reason: 'memory' | 'interrupt'): Verdict {
  return reason === 'interrupt' ? 'INTERRUPTED' : 'STOPPED';
}
