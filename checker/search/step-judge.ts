import type { CompiledSystem } from '../automaton/compile.ts';
import { ASSERTIONS } from '../language/claim.ts';
import { FAILS, VACUOUS } from './decision-code.ts';
import type { Suspect } from './expander.ts';
import type { HappeningLists } from './happenings.ts';
import { type Field, FieldMap, type Layout } from './layout.ts';
import { PremiseCounts } from './premise-counts.ts';
import type { Failed, Program, StateJudge } from './state-judge.ts';
import { type Watch, watchesOf } from './watches.ts';

/** A step claim on a variable that lies in `field`. */
interface FieldWatch extends Watch {
  readonly claimNumber: number;
  readonly field: Field;
}

const NONE: readonly Failed[] = [];

/** Judges transitions: step claims, return claims and assertions. */
export class StepJudge {
  private readonly compiled: CompiledSystem;
  private readonly judge: StateJudge;
  private readonly happenings: HappeningLists;
  /** By the word that the variable lies in. */
  private readonly watches: readonly (readonly FieldWatch[])[];
  private readonly premiseCounts: PremiseCounts;
  /** By number of the list of happenings. */
  private readonly programs: (readonly Program[])[] = [];

  constructor(
    compiled: CompiledSystem,
    layout: Layout,
    happenings: HappeningLists,
    judge: StateJudge,
  ) {
    this.compiled = compiled;
    this.judge = judge;
    this.happenings = happenings;
    this.premiseCounts = new PremiseCounts(compiled.system);
    const fields = new FieldMap(layout);
    const watches = watchesOf(compiled.system).map((watch) => ({
      ...watch,
      claimNumber: this.premiseCounts.numberOf(watch.claim),
      field: fields.of(watch.variable),
    }));
    this.watches = Array.from({ length: layout.wordCount }, (_, word) =>
      watches.filter(({ field }) => field.word === word),
    );
  }

  /**
   * How often each claim was judged with its premise met.
   *
   * @param times how often each list of happenings came to pass
   */
  premises(times: Float64Array): ReadonlyMap<string, number> {
    this.happenings.lists.forEach(({ counts }, list) => {
      for (const claim of counts) {
        this.premiseCounts.add(this.premiseCounts.numberOf(claim), times[list] ?? 0);
      }
    });
    return this.premiseCounts.toMap();
  }

  /** Judges one transition from `before[from]` to `after[to]`. */
  judgeStep(
    suspect: Suspect,
    before: Int32Array,
    from: number,
    after: Int32Array,
    to: number,
  ): readonly Failed[] {
    if (suspect.failure !== undefined) return [this.failedAssertion(suspect)];
    const failed = this.judgeHappenings(suspect.happenings, after, to);
    return suspect.watched ? this.judgeChanges(before, from, after, to, failed) : failed;
  }

  /** Judges what happened on the way to the state at `words[at]`. */
  judgeHappenings(list: number, words: Int32Array, at: number): readonly Failed[] {
    let failed = NONE;
    for (const program of this.programsFor(list)) {
      const result = this.judge.runProgram(program.address, words, at);
      if (result !== VACUOUS) this.premiseCounts.add(program.claimNumber, 1);
      if (result === FAILS) failed = [...failed, program];
    }
    return failed;
  }

  private judgeChanges(
    before: Int32Array,
    from: number,
    after: Int32Array,
    to: number,
    failedSoFar: readonly Failed[],
  ): readonly Failed[] {
    let failed = failedSoFar;
    for (let word = 0; word < this.watches.length; word++) {
      const changed = before[from + word]! ^ after[to + word]!;
      if (changed === 0) continue;
      for (const { claim, claimNumber, variable, field, allowed } of this.watches[word]!) {
        const { shift, mask } = field;
        if (((changed >>> shift) & mask) === 0) continue;
        this.premiseCounts.add(claimNumber, 1);
        const old = (before[from + word]! >>> shift) & mask;
        if (!allowed[old]![(after[to + word]! >>> shift) & mask]!) {
          failed = [...failed, { claim, about: variable.name }];
        }
      }
    }
    return failed;
  }

  private failedAssertion({ thread, failure }: Suspect): Failed {
    const { action } = this.compiled.automata[thread]!.nodes[failure!]!;
    if (action.kind !== 'failure') throw new Error(`node ${failure} is no assertion`);
    const claim = action.claim ?? ASSERTIONS;
    this.premiseCounts.add(this.premiseCounts.numberOf(claim), 1);
    return { claim, about: action.message };
  }

  private programsFor(list: number): readonly Program[] {
    let programs = this.programs[list];
    if (programs === undefined) {
      programs = this.happenings.lists[list]!.programs.map((one) => this.judge.encodeProgram(one));
      this.programs[list] = programs;
    }
    return programs;
  }
}
