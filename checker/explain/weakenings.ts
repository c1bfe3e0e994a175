import { compile } from '../automaton/compile.ts';
import type { Operation } from '../language/operation.ts';
import { siteOf as placeOf, takeSite, withSites } from '../language/site.ts';
import type { System } from '../language/system.ts';
import type { Plain } from '../language/value.ts';
import { Listing } from './listing.ts';
import { clearable, type OneWayBits, oneWayBits } from './one-way.ts';
import { rewire } from './rewire.ts';
import {
  drive,
  isStructure,
  type Rule,
  resultKey,
  siteOf,
  swapped,
  type Weakening,
  withNumber,
  withoutLock,
  withoutStep,
  withResult,
} from './weakening.ts';

/** What was seen of one operation of a function, in all of its runs. */
interface Site {
  readonly operation: Operation;
  readonly results: Map<string, Plain>;
  /** What came later in a run, by site, with the results on the way. */
  readonly later: Map<string, Map<string, readonly Plain[]>>;
}

/** What can be taken away from some functions, and what these do. */
export interface Findings {
  readonly weakenings: readonly Weakening[];
  readonly listings: ReadonlyMap<string, Listing>;
}

/**
 * Everything that can be taken away from some functions of a system, one thing at a time: each
 * lock, each order of two operations, each result that is looked at, each step, one from or to
 * each number that a call is given last, and that a bit is never cleared which they only ever set.
 * It is found by running them.
 *
 * @param isWanted whether a function is to be weakened
 */
export function weakeningsOf(
  system: System,
  isWanted: (functionName: string) => boolean,
): Findings {
  const functions = new Map<string, Map<string, Site>>();
  const listings = new Map<string, Listing>();
  const observed = rewire(system, (name, start) => {
    if (!isWanted(name)) return undefined;
    const sites = functions.get(name) ?? new Map<string, Site>();
    functions.set(name, sites);
    const listing = listings.get(name) ?? new Listing();
    listings.set(name, listing);
    return () => drive(start, () => observer(sites, listing));
  });
  const bits = oneWayBits(withSites(() => compile(observed)));
  const weakenings = [...functions].flatMap(([name, sites]) => [
    ...[...sites].flatMap(([site, seen]) => weakeningsAt(name, site, seen)),
    ...bits.flatMap((bit) => clearableBy(name, sites, bit)),
  ]);
  return { weakenings, listings };
}

/** The weakening of a bit that a function sets, by itself or by a call; the first such site. */
function clearableBy(
  name: string,
  sites: ReadonlyMap<string, Site>,
  bit: OneWayBits,
): readonly Weakening[] {
  const setter = [...sites].find(([, { operation }]) => {
    const { action } = operation;
    if (action.kind === 'call') return bit.setBy.has(action.callee.functionName);
    return bit.setBy.has(name) && siteOf(operation).endsWith(` ${bit.family}`);
  });
  return setter === undefined ? [] : [clearable(name, setter[0], bit)];
}

function weakeningsAt(name: string, site: string, { operation, results, later }: Site) {
  const { action } = operation;
  const values = [...results.values()];
  const lock = action.kind === 'access' ? action.lock : undefined;
  const own: Weakening[] = [];
  if (lock?.change === 1) own.push(withoutLock(name, site, lock.side.identity));
  else if (lock === undefined && values.length === 1) own.push(withoutStep(name, site, values[0]));
  if (values.length > 1 && action.kind !== 'choose') {
    own.push(...values.map((value) => withResult(name, site, value)));
  }
  if (action.kind === 'call' && typeof action.args.at(-1) === 'number') {
    own.push(withNumber(name, site, 1), withNumber(name, site, -1));
  }
  if (action.kind === 'choose') return own;
  const orders = [...later].map(([other, ways]) => swapped(name, site, other, [...ways.values()]));
  return [...own, ...orders];
}

/** How many operations further two may stand apart to be swapped. */
const DISTANCE_MAX = 2;

/** Notes what a run of a function does. */
function observer(sites: Map<string, Site>, listing: Listing): Rule {
  const past: { readonly site: Site; readonly result: Plain }[] = [];
  let before: string | undefined;
  return function* (operation) {
    const stack = takeSite();
    if (isStructure(operation) || operation.action.kind === 'failure') return yield operation;
    const name = siteOf(operation);
    const site = sites.get(name) ?? { operation, results: new Map(), later: new Map() };
    sites.set(name, site);
    const { label, action } = operation;
    const place = stack === undefined ? undefined : placeOf(stack);
    listing.note({ name, label, action, site: place }, before);
    before = name;
    past.slice(-DISTANCE_MAX).forEach(({ site: before }, i, near) => {
      const way = near.slice(i).map(({ result }) => result);
      const ways = before.later.get(name) ?? new Map<string, readonly Plain[]>();
      ways.set(way.map(resultKey).join(), way);
      if (before !== site) before.later.set(name, ways);
    });
    const result = (yield operation) as Plain;
    site.results.set(resultKey(result), result);
    past.push({ site, result });
    return result;
  };
}
