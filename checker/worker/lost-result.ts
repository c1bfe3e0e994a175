import type { ClaimOutline } from '../check/outline.ts';
import type { CheckResult, ScopeResult } from '../check/result.ts';
import type { Model } from '../language/model.ts';
import type { Scope } from '../language/parameter.ts';
import type { WorkerAnswer } from './messages.ts';

/** What a check was asked to do. */
export interface CheckSubject {
  readonly model: Model;
  readonly scopes: readonly Scope[];
  readonly engine: string;
  readonly claims: readonly ClaimOutline[];
}

/**
 * The result of a check whose worker is gone: every claim is undecided, and the sizes are those of
 * the last progress. Scopes that the worker had not yet begun or already ended count nothing.
 */
export function lostResult(
  { model, scopes, engine, claims }: CheckSubject,
  { reason, last }: WorkerAnswer & { readonly kind: 'lost' },
): CheckResult {
  const verdict = reason === 'interrupt' ? 'INTERRUPTED' : 'STOPPED';
  const undecided = claims.map((claim) => ({
    ...claim,
    verdict: 'UNDECIDED' as const,
    premise: 0,
  }));
  const results = scopes.map((scope, i): ScopeResult => {
    const reached = last?.scope === i ? last : undefined;
    return {
      scope,
      verdict,
      stopped: reason,
      states: reached?.states ?? 0,
      transitions: reached?.transitions ?? 0,
      depth: reached?.depth ?? 0,
      stateBits: 0,
      memoryBytes: reached?.memoryBytes ?? 0,
      seconds: 0,
      claims: undecided,
    };
  });
  return {
    model: model.name,
    modelVersion: model.version,
    engine,
    verdict,
    states: last?.states ?? 0,
    transitions: last?.transitions ?? 0,
    depth: last?.depth ?? 0,
    claims: undecided,
    scopes: results,
    notModelled: model.notModelled ?? [],
  };
}
