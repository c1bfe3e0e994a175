import { type Event, eventKey } from '../automaton/automaton.ts';
import type { CompiledSystem } from '../automaton/compile.ts';
import { ASSERTIONS } from '../language/claim.ts';
import { FAILS, VACUOUS } from './decision-code.ts';
import type { EventLists } from './event-lists.ts';
import type { Suspect } from './expander.ts';
import { type Field, FieldMap, type Layout } from './layout.ts';
import { PremiseCounts } from './premise-counts.ts';
import type { Failed, Program, StateJudge } from './state-judge.ts';

/** A variable that a step claim watches. */
interface Watch {
  readonly claim: string;
  readonly claimNumber: number;
  readonly name: string;
  readonly field: Field;
  /** `allowed[before][after]`, by value index. */
  readonly allowed: readonly (readonly boolean[])[];
}

/** What there is to judge in a list of events. */
interface EventPrograms {
  readonly returns: readonly Program[];
  /** Numbers of the claims of which an assertion held. */
  readonly passed: readonly number[];
}

const NONE: readonly Failed[] = [];

/** Judges transitions: step claims, return claims and assertions. */
export class StepJudge {
  private readonly compiled: CompiledSystem;
  private readonly judge: StateJudge;
  private readonly eventLists: EventLists;
  /** By the word that the variable lies in. */
  private readonly watches: readonly (readonly Watch[])[];
  private readonly premiseCounts: PremiseCounts;
  private readonly programs: EventPrograms[] = [];

  constructor(compiled: CompiledSystem, layout: Layout, eventLists: EventLists, judge: StateJudge) {
    this.compiled = compiled;
    this.judge = judge;
    this.eventLists = eventLists;
    this.premiseCounts = new PremiseCounts(compiled.system);
    const fields = new FieldMap(layout);
    const watches = compiled.system.claims.flatMap((claim) =>
      claim.kind !== 'step'
        ? []
        : claim.variables.map((variable) => ({
            claim: claim.id,
            claimNumber: this.premiseCounts.numberOf(claim.id),
            name: variable.name,
            field: fields.of(variable),
            allowed: variable.domain.map((before) =>
              variable.domain.map((after) => claim.allows(before, after)),
            ),
          })),
    );
    this.watches = Array.from({ length: layout.wordCount }, (_, word) =>
      watches.filter(({ field }) => field.word === word),
    );
  }

  /** How often each claim was judged with its premise met. */
  premises(): ReadonlyMap<string, number> {
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
    const failed = this.judgeEvents(suspect.events, after, to);
    return suspect.watched ? this.judgeChanges(before, from, after, to, failed) : failed;
  }

  /** Judges a list of events in the state at `words[at]`. */
  judgeEvents(eventList: number, words: Int32Array, at: number): readonly Failed[] {
    let failed = NONE;
    const { returns, passed } = this.programsFor(eventList);
    for (let i = 0; i < passed.length; i++) this.premiseCounts.add(passed[i]!, 1);
    for (let i = 0; i < returns.length; i++) {
      const program = returns[i]!;
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
      for (const { claim, claimNumber, name, field, allowed } of this.watches[word]!) {
        const { shift, mask } = field;
        if (((changed >>> shift) & mask) === 0) continue;
        this.premiseCounts.add(claimNumber, 1);
        const old = (before[from + word]! >>> shift) & mask;
        if (!allowed[old]![(after[to + word]! >>> shift) & mask]!) {
          failed = [...failed, { claim, about: name }];
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

  private programsFor(eventList: number): EventPrograms {
    let programs = this.programs[eventList];
    if (programs === undefined) {
      const events = this.eventLists.lists[eventList]!;
      programs = {
        returns: events.flatMap((event) => this.returnPrograms(event)),
        passed: events.flatMap((event) =>
          event.kind === 'passed' ? [this.premiseCounts.numberOf(event.claim)] : [],
        ),
      };
      this.programs[eventList] = programs;
    }
    return programs;
  }

  private returnPrograms(event: Event): readonly Program[] {
    const programs = event.kind === 'return' ? this.compiled.returns.get(eventKey(event)) : [];
    return (programs ?? []).map((program) => this.judge.encodeProgram(program));
  }
}
