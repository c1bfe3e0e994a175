import type {
  LeadsToClaim,
  LeavesClaim,
  LivenessClaim,
  NoCycleClaim,
} from '../language/liveness-claim.ts';
import { freezeAndKey, type Plain } from '../language/value.ts';
import type { Prepared } from '../search/explore.ts';
import { StateJudge } from '../search/state-judge.ts';
import type { States } from './graph.ts';
import { Question } from './question.ts';

/** Looks at states, and answers with 1 for those that are in a set, by number. */
export type StateSet = (states: States) => Uint8Array;

/**
 * What a run must not do for ever: a claim fails if a fair cycle stays in `region`, takes none of
 * the steps of `leaving`, comes by `recurring`, and can be reached.
 */
export interface Trap {
  /** Where the cycle may be. */
  readonly region: StateSet;
  /** Steps of this thread that are not to be taken, by the number of what happens. */
  readonly leaving?: { readonly thread: number; readonly lists: Uint8Array };
  /** Where the cycle has to come by. */
  readonly recurring?: StateSet;
  /** Where a way to the cycle has to come by and from there stay in the region. */
  readonly pending?: StateSet;
  /** How often the premise of the claim is met. */
  readonly premise: number;
}

/**
 * The traps of a claim; it fails if one of them can close.
 *
 * @param states all of them: premises are counted
 * @param census what `nodeCensus` answers
 */
export function trapsOf(
  claim: LivenessClaim,
  prepared: Prepared,
  states: States,
  census: readonly Float64Array[],
): Iterable<Trap> {
  return claim.shape === 'leaves'
    ? stretches(claim, prepared, census)
    : questions(claim, prepared, states, census);
}

/** One for each thread and data of the mark. */
function* stretches(
  { mark, concerns }: LeavesClaim,
  { compiled, layout, code }: Prepared,
  census: readonly Float64Array[],
): Iterable<Trap> {
  for (const [thread, { nodes, visibleCount }] of compiled.automata.entries()) {
    const stretch = new Map<string, Plain>();
    for (const { positions } of nodes) {
      for (const { mark: other, data } of positions) {
        if (other === mark && concerns(data)) stretch.set(freezeAndKey(data, mark), data);
      }
    }
    const { word, shift, mask } = layout.threadFields[thread]!;
    for (const key of stretch.keys()) {
      const isThis = (one: { readonly mark: string; readonly data: Plain }) =>
        one.mark === mark && freezeAndKey(one.data, mark) === key;
      const table = Uint8Array.from(nodes.slice(0, visibleCount), ({ positions }) =>
        Number(positions.some(isThis)),
      );
      const region: StateSet = (some) => {
        const isIn = new Uint8Array(some.count);
        some.each((state, words, at) => {
          isIn[state] = table[(words[at + word]! >>> shift) & mask]!;
        });
        return isIn;
      };
      const premise = table.reduce((sum, isIn, node) => sum + isIn * census[thread]![node]!, 0);
      const lists = Uint8Array.from(code.happenings.lists, ({ left }) => Number(left.some(isThis)));
      yield { region, leaving: { thread, lists }, premise };
    }
  }
}

/** One for each entry. */
function* questions(
  { shape, pairs }: LeadsToClaim | NoCycleClaim,
  prepared: Prepared,
  states: States,
  census: readonly Float64Array[],
): Iterable<Trap> {
  const { compiled, layout } = prepared;
  const judge = new StateJudge(compiled, layout);
  for (const pair of pairs) {
    const compiledPair = compiled.questions.get(pair);
    if (compiledPair === undefined) throw new Error(`${pair.about} was not compiled`);
    const [first, second] = [compiledPair.first, compiledPair.second].map(
      (program) => new Question(prepared, program, judge),
    ) as [Question, Question];
    const happens: StateSet = (some) => first.ask(some, true);
    const region: StateSet = (some) => second.ask(some, false);
    const premise = first.count(states, census);
    yield shape === 'leads to'
      ? { region, pending: bothOf(happens, region), premise }
      : { region, recurring: happens, premise };
  }
}

function bothOf(one: StateSet, other: StateSet): StateSet {
  return (states) => {
    const others = other(states);
    return one(states).map((isIn, state) => isIn & others[state]!);
  };
}
