import type { Waiver } from '../language/model.ts';
import type { ScopeEntry } from './scope-ledger.ts';

/** What became of an obligation in a check. */
export interface LedgerEntry extends Pick<ScopeEntry, 'kind' | 'name' | 'functionName'> {
  /**
   * `met`: it was seen. `forbidden`: a claim fails where it occurs, and none failed. `waived`: the
   * model says why it is not seen. `unmet`: anything else.
   */
  readonly status: 'met' | 'forbidden' | 'waived' | 'unmet';
  /** How often it was met, in all scopes; for the units see `ScopeEntry`. */
  readonly times: number;
  /** The same by scope; `null` where the scope does not have it. */
  readonly timesByScope: readonly (number | null)[];
  /** The claim that forbids it. */
  readonly claim?: string;
  /** What the waiver says, or what is wrong. */
  readonly reason?: string;
}

/** All obligations of a check, and what became of them. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  readonly unmet: number;
}

/** The ledger of a check from those of its scopes, in their order. */
export function ledgerOf(
  scopes: readonly (readonly ScopeEntry[])[],
  waivers: readonly Waiver[],
): Ledger {
  const byName = scopes.map((scope) => new Map(scope.map((entry) => [entry.name, entry])));
  const names = new Set(scopes.flatMap((scope) => scope.map(({ name }) => name)));
  const entries = [...names].map((name) => {
    const own = byName.map((scope) => scope.get(name));
    const waiver = waivers.find(({ obligations }) => obligations.includes(name));
    return entryOf(own, waiver);
  });
  return { entries, unmet: entries.filter(({ status }) => status === 'unmet').length };
}

function entryOf(
  scopes: readonly (ScopeEntry | undefined)[],
  waiver: Waiver | undefined,
): LedgerEntry {
  const known = scopes.filter((scope) => scope !== undefined);
  const { kind, name, functionName } = known[0]!;
  const times = known.reduce((sum, entry) => sum + entry.times, 0);
  return {
    kind,
    name,
    ...(functionName === undefined ? {} : { functionName }),
    times,
    timesByScope: scopes.map((entry) => entry?.times ?? null),
    ...statusOf(known, times, waiver),
  };
}

function statusOf(
  scopes: readonly ScopeEntry[],
  times: number,
  waiver: Waiver | undefined,
): Pick<LedgerEntry, 'status' | 'claim' | 'reason'> {
  const rotten = (why: string) => ({
    status: 'unmet' as const,
    reason: `waived, but ${why}: the waiver is not needed`,
  });
  if (times > 0) return waiver === undefined ? { status: 'met' } : rotten('seen');
  const others = scopes.map(({ otherwise }) => otherwise);
  const claim = others.flatMap((one) => (typeof one === 'object' ? [one.claim] : []))[0];
  if (claim !== undefined && !others.includes('open')) {
    return waiver === undefined ? { status: 'forbidden', claim } : rotten(`${claim} forbids it`);
  }
  if (waiver !== undefined) return { status: 'waived', reason: waiver.reason };
  const reason = others.includes('open')
    ? 'never seen'
    : 'cannot happen: nothing leads to it, in any scope of this check';
  return { status: 'unmet', reason };
}
