import type { CanaryResult } from '../check/result.ts';
import type { Scope } from '../language/parameter.ts';
import type { Ledger, LedgerEntry } from '../ledger/ledger.ts';

/** One obligation of a check; for the meaning see `LedgerEntry`. */
export interface ObligationEntry {
  readonly name: string;
  readonly kind: LedgerEntry['kind'];
  readonly status: LedgerEntry['status'];
  readonly times: number;
  /** In the order of the scopes; null where the scope does not have it. */
  readonly timesByScope: readonly (number | null)[];
  readonly claim: string | null;
  readonly reason: string | null;
}

/** The ledger of a check. */
export interface LedgerDocument {
  /** Obligations that are not unmet. */
  readonly accounted: number;
  readonly total: number;
  readonly obligations: readonly ObligationEntry[];
  /** Functions of the model that no scope calls. */
  readonly uncalled: readonly string[];
}

/** The canary of a check. */
export interface CanaryEntry {
  readonly summary: string;
  readonly scope: Scope;
  readonly caughtBy: readonly string[];
  /** The claim that failed, or null if it survived. */
  readonly caught: string | null;
  readonly states: number;
}

export function ledgerDocument({ entries, unmet, uncalled }: Ledger): LedgerDocument {
  return {
    accounted: entries.length - unmet,
    total: entries.length,
    uncalled,
    obligations: entries.map((entry) => ({
      name: entry.name,
      kind: entry.kind,
      status: entry.status,
      times: entry.times,
      timesByScope: entry.timesByScope,
      claim: entry.claim ?? null,
      reason: entry.reason ?? null,
    })),
  };
}

export function canaryEntry(canary: CanaryResult): CanaryEntry {
  const { summary, scope, caughtBy, caught, states } = canary;
  return { summary, scope, caughtBy, caught: caught ?? null, states };
}
