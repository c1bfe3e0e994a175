import { compile } from '../automaton/compile.ts';
import type { Operation } from '../language/operation.ts';
import type { System } from '../language/system.ts';
import type { Plain } from '../language/value.ts';
import { clearable, oneWayBits } from './one-way.ts';
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

/**
 * Everything that can be taken away from some functions of a system, one thing at a time: each
 * lock, each order of two operations, each result that is looked at, each step, and one from or to
 * each number that a call is given last, and each bit that only they set. It is found by running them.
 *
 * @param isWanted whether a function is to be weakened
 */
export function weakeningsOf(
  system: System,
  isWanted: (functionName: string) => boolean,
): readonly Weakening[] {
  const functions = new Map<string, Map<string, Site>>();
  const compiled = compile(
    rewire(system, (name, start) => {
      if (!isWanted(name)) return undefined;
      const sites = functions.get(name) ?? new Map<string, Site>();
      functions.set(name, sites);
      return () => drive(start, () => observer(sites));
    }),
  );
  const bits = oneWayBits(compiled);
  return [...functions].flatMap(([name, sites]) => [
    ...[...sites].flatMap(([site, seen]) => weakeningsAt(name, site, seen)),
    ...bits.filter(({ setBy }) => sets(name, sites, setBy)).map((bit) => clearable(name, bit)),
  ]);
}

/** Whether a function is one of those that set, or calls one. */
function sets(name: string, sites: ReadonlyMap<string, Site>, setBy: ReadonlySet<string>): boolean {
  const calls = [...sites.values()].flatMap(({ operation: { action } }) =>
    action.kind === 'call' ? [action.callee.functionName] : [],
  );
  return [name, ...calls].some((one) => setBy.has(one));
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
function observer(sites: Map<string, Site>): Rule {
  const past: { readonly site: Site; readonly result: Plain }[] = [];
  return function* (operation) {
    if (isStructure(operation) || operation.action.kind === 'failure') return yield operation;
    const name = siteOf(operation);
    const site = sites.get(name) ?? { operation, results: new Map(), later: new Map() };
    sites.set(name, site);
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
