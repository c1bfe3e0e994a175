import type { Excerpt, Waiver } from '../language/model.ts';
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

/** What a model says of the silence of a check. */
export interface Excuses {
  readonly waivers: readonly Waiver[];
  /** If all scopes are excerpts: the first. */
  readonly excerpt?: Excerpt | undefined;
  /** For the name of an obligation, a change of scope in which it may be met. */
  readonly reachableBy?: (name: string) => string | undefined;
}

/** The ledger of a check from those of its scopes, in their order. */
export function ledgerOf(scopes: readonly ScopeLedger[], excuses: Excuses): Ledger {
  const { excerpt, reachableBy = () => undefined } = excuses;
  const byName = scopes.map((scope) => new Map(scope.entries.map((one) => [one.name, one])));
  const names = new Set(scopes.flatMap((scope) => scope.entries.map(({ name }) => name)));
  const known = [...names].map((name) => {
    const own = byName.map((scope) => scope.get(name));
    return entryOf(own, excuses);
  });
  const absent = excerpt?.shows.filter((name) => !names.has(name)) ?? [];
  const entries = [...known, ...absent.map((name) => absentEntry(name, excerpt!, scopes.length))];
  return {
    entries: entries.map((entry) => withHint(entry, reachableBy)),
    unmet: entries.filter(({ status }) => status === 'unmet').length,
    uncalled: uncalledIn(scopes.map(({ functions }) => functions)),
  };
}

function entryOf(scopes: readonly (ScopeEntry | undefined)[], excuses: Excuses): LedgerEntry {
  const known = scopes.filter((scope) => scope !== undefined);
  const { kind, name, functionName } = known[0]!;
  const times = known.reduce((sum, entry) => sum + entry.times, 0);
  return {
    kind,
    name,
    ...(functionName === undefined ? {} : { functionName }),
    times,
    timesByScope: scopes.map((entry) => entry?.times ?? null),
    ...statusOf(known, times, excuses),
  };
}

/** What an excerpt has to show, where no code of its scopes can. */
function absentEntry(name: string, excerpt: Excerpt, scopes: number): LedgerEntry {
  const timesByScope = Array.from({ length: scopes }, () => null);
  return { kind: 'step', name, times: 0, timesByScope, ...notShown(excerpt) };
}

function statusOf(
  scopes: readonly ScopeEntry[],
  times: number,
  { waivers, excerpt }: Excuses,
): Pick<LedgerEntry, 'status' | 'claim' | 'reason'> {
  const { kind, name } = scopes[0]!;
  const waiver = waivers.find(({ obligations }) => obligations.includes(name));
  const rotten = (why: string) => ({
    status: 'unmet' as const,
    reason: `waived, but ${why}: the waiver is not needed`,
  });
  if (times > 0) return waiver === undefined ? { status: 'met' } : rotten('seen');
  if (excerpt?.shows.includes(name)) return notShown(excerpt);
  const others = scopes.map(({ otherwise }) => otherwise);
  const claim = others.flatMap((one) => (typeof one === 'object' ? [one.claim] : []))[0];
  if (claim !== undefined && !others.includes('open')) {
    return waiver === undefined ? { status: 'forbidden', claim } : rotten(`${claim} forbids it`);
  }
  if (waiver !== undefined) return { status: 'waived', reason: waiver.reason };
  if (excerpt !== undefined) return { status: 'waived', reason: left(kind, name, excerpt) };
  const reason = others.includes('open') ? 'never seen' : CANNOT_HAPPEN;
  return { status: 'unmet', reason };
}

function notShown({ name }: Excerpt): Pick<LedgerEntry, 'status' | 'reason'> {
  return { status: 'unmet', reason: `never seen, and ${name} is about it` };
}

function left(kind: LedgerEntry['kind'], name: string, excerpt: Excerpt): string {
  return kind === 'premise'
    ? `${name}: never by ${excerpt.name}, so this check says nothing of it`
    : `not reached by ${excerpt.name}, and not required of an excerpt`;
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
