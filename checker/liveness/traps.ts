import type { CompiledProgram } from '../automaton/compile.ts';
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

/**
 * What a run must not do for ever: a claim fails if a fair cycle stays in `region`, takes none of
 * the steps of `leaving`, comes by `recurring`, and can be reached.
 */
export interface Trap {
  /** By state, 1 if the cycle may be there. Looks at every state. */
  readonly region: () => Uint8Array;
  /** Steps of this thread that are not to be taken, by the number of what happens. */
  readonly leaving?: { readonly thread: number; readonly lists: Uint8Array };
  /** By state, 1 where the cycle has to come by. */
  readonly recurring?: Uint8Array;
  /** By state, 1 where a way to the cycle has to come by and from there stay in the region. */
  readonly pending?: Uint8Array;
  /** How often the premise of the claim is met. */
  readonly premise: number;
}

/**
 * The traps of a claim; it fails if one of them can close.
 *
 * @param census what `nodeCensus` answers
 */
export function trapsOf(
  claim: LivenessClaim,
  prepared: Prepared,
  states: States,
  census: readonly Float64Array[],
): Iterable<Trap> {
  return claim.shape === 'leaves'
    ? stretches(claim, prepared, states, census)
    : questions(claim, prepared, states);
}

/** One for each thread and data of the mark. */
function* stretches(
  { mark, concerns }: LeavesClaim,
  { compiled, layout, code }: Prepared,
  states: States,
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
      const region = () => {
        const isIn = new Uint8Array(states.count);
        states.each((state, words, at) => {
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
  { compiled, layout }: Prepared,
  states: States,
): Iterable<Trap> {
  const judge = new StateJudge(compiled, layout);
  const ask = ({ root }: CompiledProgram) => {
    const answers = new Uint8Array(states.count);
    states.each((state, words, at) => {
      answers[state] = Number(judge.holds(root, words, at));
    });
    return answers;
  };
  for (const pair of pairs) {
    const compiledPair = compiled.questions.get(pair);
    if (compiledPair === undefined) throw new Error(`${pair.about} was not compiled`);
    const first = ask(compiledPair.first);
    const region = ask(compiledPair.second).map((answer) => 1 - answer);
    const premise = first.reduce((sum, answer) => sum + answer, 0);
    yield shape === 'leads to'
      ? {
          region: () => region,
          pending: first.map((answer, state) => answer & region[state]!),
          premise,
        }
      : { region: () => region, recurring: first, premise };
  }
}
