import { ASSERTIONS, DEADLOCK } from '../language/claim.ts';
import { Expander } from './expander.ts';
import type { Prepared } from './explore.ts';
import { StateJudge } from './state-judge.ts';
import { StepJudge } from './step-judge.ts';

/** A step, and whether a claim fails by it or in the state that it leads to. */
interface Edge {
  readonly thread: number;
  readonly choices: readonly number[];
  /** Where it leads in `successors`; `undefined` for a failed assertion, which leads nowhere. */
  readonly to: number | undefined;
  readonly successors: Int32Array;
}

/** Finds the steps that violate a claim. */
export class FailingEdges {
  private readonly expander: Expander;
  private readonly stateJudge: StateJudge;
  private readonly stepJudge: StepJudge;
  private readonly wordCount: number;

  constructor({ compiled, layout, code }: Prepared) {
    this.wordCount = layout.wordCount;
    this.expander = new Expander(compiled, layout, code, true);
    this.stateJudge = new StateJudge(compiled, layout);
    this.stepJudge = new StepJudge(compiled, layout, code.happenings, this.stateJudge);
  }

  /**
   * Shows each step from the state at `words[at]` that violates the claim, and if asked to also
   * each that does not.
   */
  each(
    words: Int32Array,
    at: number,
    claim: string,
    onFailing: (edge: Edge) => void,
    onOther: (edge: Edge) => void = () => {},
  ): void {
    const { expander, wordCount } = this;
    const count = expander.expand(words, at);
    // Copied, because the test for a deadlock expands another state.
    const suspects = expander.suspects
      .slice(0, expander.suspectCount)
      .map((suspect) => ({ ...suspect }));
    const successors = expander.successors.slice(0, count * wordCount);
    const movers = expander.movers.slice(0, count);
    const choices = expander.choices.slice(0, count);
    const failing = new Set<number>();
    for (const suspect of suspects) {
      const to = suspect.successor * wordCount;
      const failed = this.stepJudge.judgeStep(suspect, words, at, successors, to);
      if (!failed.some((one) => one.claim === claim)) continue;
      if (suspect.failure === undefined) failing.add(suspect.successor);
      else onFailing({ ...suspect, to: undefined, successors });
    }
    for (let i = 0; i < count; i++) {
      const to = i * wordCount;
      const edge = { thread: movers[i]!, choices: choices[i]!, to, successors };
      if (failing.has(i) || this.failsIn(successors, to, claim)) onFailing(edge);
      else onOther(edge);
    }
  }

  /** Whether the claim fails in the state at `words[at]`. */
  failsIn(words: Int32Array, at: number, claim: string): boolean {
    if (claim === DEADLOCK) {
      this.expander.expand(words, at);
      return this.expander.transitions === 0 && !this.expander.finished;
    }
    if (claim === ASSERTIONS) return false;
    return this.stateJudge.judge(words, at).some((failed) => failed.claim === claim);
  }
}
