import type { Decision } from '../automaton/decision.ts';
import type { Inside } from '../language/operation.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';

/** So many answers are tried for one pair of decisions before it counts as different. */
const ANSWERS_MAX = 20_000;

/** How a decision asks about the state: by numbers that mean the same for both sides. */
export interface View {
  /** The number of the question what value the variable has. */
  variable(variable: Variable<Scalar>): number;
  /** The value of the variable if the answer is `answer`. */
  value(variable: Variable<Scalar>, answer: number): number;
  /** The number of the question how many threads are inside; the answer is the count. */
  inside(question: Inside): number;
}

type Answers = ReadonlyMap<number, number>;

interface Halt {
  readonly decision: Decision;
  /** What it has to know to go on; nothing where it is at its end. */
  readonly question?: number;
  readonly answers?: number;
}

/**
 * Compares decisions by what they say, not by the order in which they ask: both are given every
 * answer to what one of them asks next. What no longer matters is forgotten, so decisions that ask
 * in the same order are compared in one walk over both.
 */
export class DecisionComparison {
  private readonly left: Reader;
  private readonly right: Reader;
  private readonly known = new Map<string, boolean>();
  private budget = 0;

  constructor(left: View, right: View) {
    this.left = new Reader(left);
    this.right = new Reader(right);
  }

  /** Whether both say the same of every state, each in its view. */
  same(left: Decision, right: Decision): boolean {
    this.budget = ANSWERS_MAX;
    return this.sameGiven(left, right, new Map());
  }

  private sameGiven(left: Decision, right: Decision, answers: Map<number, number>): boolean {
    const l = this.left.read(left, answers);
    const r = this.right.read(right, answers);
    const open = l.question === undefined ? r : l;
    if (open.question === undefined) return sameEnd(l.decision, r.decision);
    const relevant = new Map(
      [...answers].filter(
        ([question]) =>
          this.left.asks(l.decision, question) || this.right.asks(r.decision, question),
      ),
    );
    const key = `${this.left.numberOf(l.decision)} ${this.right.numberOf(r.decision)} ${[
      ...relevant,
    ].sort(([a], [b]) => a - b)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    let same = true;
    for (let answer = 0; answer < open.answers! && same; answer++) {
      if (--this.budget < 0) return false;
      relevant.set(open.question, answer);
      same = this.sameGiven(l.decision, r.decision, relevant);
    }
    if (this.budget >= 0) this.known.set(key, same);
    return same;
  }
}

function sameEnd(left: Decision, right: Decision): boolean {
  if (left.kind === 'judge') return right.kind === 'judge' && left.judgement === right.judgement;
  return left.kind === right.kind;
}

/** Walks over the decisions of one side. */
class Reader {
  private readonly view: View;
  private readonly numbers = new Map<Decision, number>();
  private readonly questions = new Map<Decision, ReadonlySet<number>>();

  constructor(view: View) {
    this.view = view;
  }

  numberOf(decision: Decision): number {
    let number = this.numbers.get(decision);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(decision, number);
    }
    return number;
  }

  /** Whether the decision or one behind it may ask this. */
  asks(decision: Decision, question: number): boolean {
    return this.questionsOf(decision).has(question);
  }

  /** Follows a decision as far as the answers lead. */
  read(start: Decision, answers: Answers): Halt {
    let decision = start;
    while (decision.kind === 'look') {
      const { action, targets } = decision;
      let result: number | undefined;
      let question = -1;
      let count = 0;
      if (action.kind === 'test') {
        const every = action.quantifier === 'every';
        let open: Variable<Scalar> | undefined;
        for (const { variable, accepts } of action.terms) {
          const answer = answers.get(this.view.variable(variable));
          if (answer === undefined) open ??= variable;
          else if (accepts[this.view.value(variable, answer)] !== every) result = Number(!every);
        }
        if (open === undefined) result ??= Number(every);
        else {
          question = this.view.variable(open);
          count = open.domain.length;
        }
      } else if (action.kind === 'access') {
        const { variable, outcome } = action;
        question = this.view.variable(variable);
        count = variable.domain.length;
        const answer = answers.get(question);
        if (answer !== undefined) result = outcome[this.view.value(variable, answer)];
      } else {
        question = this.view.inside(action);
        count = targets.length;
        result = answers.get(question);
      }
      if (result === undefined) return { decision, question, answers: count };
      decision = targets[result]!;
    }
    return { decision };
  }

  private questionsOf(decision: Decision): ReadonlySet<number> {
    let questions = this.questions.get(decision);
    if (questions === undefined) {
      questions = new Set(decision.kind === 'look' ? this.allQuestionsOf(decision) : []);
      this.questions.set(decision, questions);
    }
    return questions;
  }

  private allQuestionsOf({ action, targets }: Decision & { kind: 'look' }): readonly number[] {
    const own =
      action.kind === 'inside'
        ? [this.view.inside(action)]
        : (action.kind === 'test'
            ? action.terms.map((term) => term.variable)
            : [action.variable]
          ).map((variable) => this.view.variable(variable));
    return [...own, ...targets.flatMap((target) => [...this.questionsOf(target)])];
  }
}
