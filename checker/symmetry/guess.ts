import type { Renaming } from './renaming.ts';
import { type Outline, Unifier } from './unifier.ts';

/** A renaming to be verified, or the reason why an attempt led nowhere. */
export type Guess = { readonly renaming: Renaming } | { readonly conflict: string };

/** So many pairs of steps are looked at before the guessing is given up. */
const WORK_MAX = 6_000;

/**
 * Guesses renamings that swap threads `a` and `b`, the most likely first. Where what is known
 * forces nothing more, one of several ways is taken; the next attempt takes another. Nobody has to
 * trust a guess: it is verified. Nodes of the guess include interior ones; those that no step leads
 * to are -1.
 */
export function* guessSwaps(outline: Outline, a: number, b: number): Generator<Guess> {
  let work = 0;
  /** Which of how many ways was taken, at each place where there were several. */
  let ways: { way: number; readonly of: number }[] = [];
  do {
    const unifier = new Unifier(outline, a, b);
    let depth = 0;
    const pick = (candidates: readonly number[]): number => {
      if (candidates.length > 1) {
        ways[depth] ??= { way: 0, of: candidates.length };
        return candidates[ways[depth++]!.way]!;
      }
      return candidates[0]!;
    };
    complete(unifier, pick);
    const renaming = unifier.result();
    if (renaming !== undefined) yield { renaming };
    else yield { conflict: unifier.conflict ?? 'some of their steps have no counterpart' };
    work += unifier.work;
    ways = ways.slice(0, depth);
    while (ways.length > 0 && ways.at(-1)!.way + 1 >= ways.at(-1)!.of) ways.pop();
    if (ways.length > 0) ways.at(-1)!.way++;
  } while (ways.length > 0 && work < WORK_MAX);
}

type Pick = (candidates: readonly number[]) => number;

function complete(unifier: Unifier, pick: Pick): void {
  do unifier.settle();
  while (unifier.conflict === undefined && (close(unifier, pick) || assume(unifier, pick)));
}

/** Pairs something that two steps leave open. Returns whether there was anything. */
function close(unifier: Unifier, pick: Pick): boolean {
  const { open, variables } = unifier;
  const isKnown = (x: number) => variables[x]! >= 0;
  // Those that leave nothing open first: they may say more about the others.
  const closed = open.findIndex(
    ({ left }) => left.edgesBy !== 'choice' && [...left.tables.keys()].every(isKnown),
  );
  if (closed >= 0) {
    unifier.joinTables(open.splice(closed, 1)[0]!);
    return true;
  }
  const first = open[0];
  if (first === undefined) return false;
  const { thread, left, right, pairs } = first;
  const failure = `"${left.text}" and "${right.text}" do not match`;
  if (left.edgesBy === 'choice') {
    const edge = pairs.size;
    if (edge === left.edges.length) {
      open.shift();
      return true;
    }
    const image = pick(unifier.candidatesForEdge(edge, first));
    if (image === undefined) unifier.fail(failure);
    else {
      pairs.set(edge, image);
      unifier.pairNodes(thread, left.edges[edge]!.target, right.edges[image]!.target);
    }
    return true;
  }
  const x = [...left.tables.keys()].find((variable) => !isKnown(variable))!;
  const y = pick(unifier.candidatesFor(x, first));
  if (y === undefined) unifier.fail(failure);
  else unifier.pairVariables(x, y, () => `"${left.text}"`);
  return true;
}

/** Pairs something of which nothing is known; most likely it stays in its place. */
function assume(unifier: Unifier, pick: Pick): boolean {
  const { variables, values } = unifier;
  const reason = () => 'nothing says otherwise';
  // Values first: what they lead to says more about variables.
  for (const [x, images] of values.entries()) {
    const v = images.indexOf(-1);
    if (v < 0 || variables[x]! < 0) continue;
    unifier.pairValues(x, v, pick(unifier.freeValuesFor(x, v)), reason);
    return true;
  }
  const x = variables.indexOf(-1);
  if (x < 0) return false;
  unifier.pairVariables(x, pick(unifier.likenessesOf(x)), reason);
  return true;
}
