import type { Waiver } from '../language/model.ts';
import type { ScopeEntry, ScopeLedger } from './scope-ledger.ts';
import { uncalledIn } from './uncalled.ts';

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
  /** Functions that the threads are given, and none calls: they are outside of every scope. */
  readonly uncalled: readonly string[];
}

/**
 * The ledger of a check from those of its scopes, in their order.
 *
 * @param reachableBy for the name of an obligation, a change of scope in which it may be met
 */
export function ledgerOf(
  scopes: readonly ScopeLedger[],
  waivers: readonly Waiver[],
  reachableBy: (name: string) => string | undefined = () => undefined,
): Ledger {
  const byName = scopes.map((scope) => new Map(scope.entries.map((one) => [one.name, one])));
  const names = new Set(scopes.flatMap((scope) => scope.entries.map(({ name }) => name)));
  const entries = [...names].map((name) => {
    const own = byName.map((scope) => scope.get(name));
    const waiver = waivers.find(({ obligations }) => obligations.includes(name));
    return entryOf(own, waiver);
  });
  return {
    entries: entries.map((entry) => withHint(entry, reachableBy)),
    unmet: entries.filter(({ status }) => status === 'unmet').length,
    uncalled: uncalledIn(scopes.map(({ functions }) => functions)),
  };
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
  const reason = others.includes('open') ? 'never seen' : CANNOT_HAPPEN;
  return { status: 'unmet', reason };
}

const CANNOT_HAPPEN = 'cannot happen: nothing leads to it, in any scope of this check';

function withHint(
  entry: LedgerEntry,
  reachableBy: (name: string) => string | undefined,
): LedgerEntry {
  if (entry.reason !== CANNOT_HAPPEN) return entry;
  const flag = reachableBy(entry.name);
  return flag === undefined ? entry : { ...entry, reason: `cannot happen here; may with ${flag}` };
}
