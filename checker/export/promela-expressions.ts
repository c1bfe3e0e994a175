import type { Term } from '../language/operation.ts';
import type { Known } from './known.ts';
import type { PromelaNames } from './promela-names.ts';

type Names = Pick<PromelaNames, 'variables'>;

/** Says that the number in `name` is one of those that are accepted, of `accepts.length`. */
export function membership(name: string, accepts: readonly boolean[]): string {
  const last = accepts.length - 1;
  const refused = [...accepts.keys()].filter((value) => !accepts[value]);
  if (refused.length === 0) return 'true';
  if (refused.length === 1 && last > 1) return `${name} != ${refused[0]}`;
  return anyOf(
    runsOf(accepts).map(([from, to]) => {
      if (from === to) return `${name} == ${from}`;
      if (from === 0) return `${name} <= ${to}`;
      return to === last ? `${name} >= ${from}` : `${name} >= ${from} && ${name} <= ${to}`;
    }),
  );
}

/** Promela for a condition that is true if all are. */
export function allOf(conditions: readonly string[]): string {
  if (conditions.includes('false')) return 'false';
  const open = conditions.filter((condition) => condition !== 'true');
  return open.length === 0 ? 'true' : open.map(inParentheses).join(' && ');
}

/** Promela for a condition that is true if some is. */
export function anyOf(conditions: readonly string[]): string {
  if (conditions.includes('true')) return 'true';
  const open = conditions.filter((condition) => condition !== 'false');
  return open.length === 0 ? 'false' : open.map(inParentheses).join(' || ');
}

/** What must hold of the values before a step. */
export function guardText({ before, clauses }: Known, names: Names): string {
  return allOf([
    ...[...before].map(([variable, accepts]) => termText({ variable, accepts }, names)),
    ...clauses.map((clause) => anyOf(clause.map((term) => termText(term, names)))),
  ]);
}

/** What one condition says of its variable. */
export function termText({ variable, accepts }: Term, { variables }: Names): string {
  return membership(variables.get(variable)!, accepts);
}

/** The assignments of a step, in any order: each is a function of the same variable. */
export function assignments(known: Known, { variables }: Names): readonly string[] {
  return [...known.now.keys()].flatMap((variable) => {
    const name = variables.get(variable)!;
    const value = newValue(name, known.before.get(variable), known.values(variable));
    return value === name ? [] : [`${name} = ${value}`];
  });
}

/** The number in `name` before becomes `to[before]`; only the possible ones count. */
function newValue(name: string, may: readonly boolean[] | undefined, to: readonly number[]) {
  const possible = [...to.keys()].filter((from) => may?.[from] !== false);
  if (possible.every((from) => to[from] === from)) return name;
  const constants = groupBy(possible, (from) => String(to[from]));
  const shifts = groupBy(possible, (from) => shifted(name, to[from]! - from));
  const cases = [...(constants.size <= shifts.size ? constants : shifts)];
  const biggestLast = cases.sort(([, one], [, other]) => one.length - other.length);
  return biggestLast.reduceRight((otherwise, [shared, from]) => {
    const value = from.length === 1 ? String(to[from[0]!]) : shared;
    const accepts = to.map((_, index) => from.includes(index));
    return otherwise === '' ? value : `(${membership(name, accepts)} -> ${value} : ${otherwise})`;
  }, '');
}

function shifted(name: string, by: number): string {
  if (by === 0) return name;
  return by > 0 ? `${name} + ${by}` : `${name} - ${-by}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** Stretches of accepted numbers, first and last included. */
function runsOf(accepts: readonly boolean[]): (readonly [from: number, to: number])[] {
  const accepted = [...accepts.keys()].filter((value) => accepts[value]);
  const starts = accepted.filter((value) => !accepts[value - 1]);
  const ends = accepted.filter((value) => !accepts[value + 1]);
  return starts.map((from, i) => [from, ends[i]!]);
}

function inParentheses(condition: string, _: number, all: readonly string[]): string {
  return all.length > 1 && / (&&|\|\|) /.test(condition) ? `(${condition})` : condition;
}
