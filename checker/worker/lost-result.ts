import { combine } from '../check/check.ts';
import type { ClaimOutline } from '../check/claim-results.ts';
import { type Enough, isEnough } from '../check/enough.ts';
import { isJudgedIn } from '../check/part.ts';
import type { CheckResult, Part, ScopeResult, Verdict } from '../check/result.ts';
import type { Model } from '../language/model.ts';
import type { Scope } from '../language/parameter.ts';
import type { WorkerAnswer } from './messages.ts';

/** What a check was asked to do. */
export interface CheckSubject {
  readonly model: Model;
  readonly scopes: readonly Scope[];
  /** Where the claims over infinite runs are judged, after the others. */
  readonly livenessScopes: readonly Scope[];
  /** As in `CheckOptions`. */
  readonly enough?: Enough;
  readonly engine: string;
  readonly claims: readonly ClaimOutline[];
}

/**
 * The result of a check whose worker is gone: the scopes that it had ended, and one more in which
 * every claim is undecided and the sizes are those of the last progress.
 */
export function lostResult(
  { model, scopes, livenessScopes, enough = {}, engine, claims }: CheckSubject,
  { reason, last, finished }: WorkerAnswer & { readonly kind: 'lost' },
): CheckResult {
  const jobs = [
    ...pendingOf('safety', scopes, enough, finished),
    ...pendingOf('liveness', livenessScopes, enough, finished),
  ];
  const [job] = jobs;
  if (job === undefined) {
    // All scopes had ended; what was lost is the proof that they are worth something.
    const found = combine(model, engine, finished, true);
    return found.verdict === 'EXHAUSTED' ? { ...found, verdict: verdictOf(reason) } : found;
  }
  const { part, scope } = job;
  const index = (part === 'liveness' ? scopes.length : 0) + job.index;
  const reached = last?.scope === index ? last : undefined;
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
  return combine(model, engine, results, jobs.length === 1, claims);
}

/** The scopes of a part that had not ended, with their indices. */
function pendingOf(
  part: Part,
  scopes: readonly Scope[],
  enough: Enough,
  finished: readonly ScopeResult[],
) {
  const done = finished.filter((result) => result.part === part).length;
  return scopes
    .map((scope, index) => ({ part, scope, index }))
    .slice(isEnough(enough, part, finished) ? scopes.length : done);
}

function verdictOf(reason: 'memory' | 'interrupt'): Verdict {
  return reason === 'interrupt' ? 'INTERRUPTED' : 'STOPPED';
}
