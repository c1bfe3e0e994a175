import { type Event, eventKey } from '../automaton/automaton.ts';
import type { CompiledSystem } from '../automaton/compile.ts';
import { ASSERTIONS, type StepClaim } from '../language/claim.ts';
import { FAILS, VACUOUS } from './decision-code.ts';
import type { Suspect } from './expander.ts';
import { type Field, FieldMap, type Layout } from './layout.ts';
import type { Failed, StateJudge } from './state-judge.ts';

/** A variable that a step claim watches. */
interface Watch {
  readonly claim: StepClaim;
  readonly name: string;
  readonly field: Field;
  /** `allowed[before][after]`, by value index. */
  readonly allowed: readonly (readonly boolean[])[];
}

/** Judges transitions: step claims, return claims and assertions. */
export class StepJudge {
  private readonly compiled: CompiledSystem;
  private readonly judge: StateJudge;
  private readonly watches: readonly Watch[];
  private readonly premiseCounts = new Map<string, number>();
  private readonly returnAddresses = new Map<string, readonly (Failed & { address: number })[]>();

  constructor(compiled: CompiledSystem, layout: Layout, judge: StateJudge) {
    this.compiled = compiled;
    this.judge = judge;
    const fields = new FieldMap(layout);
    this.watches = compiled.system.claims.flatMap((claim) =>
      claim.kind !== 'step'
        ? []
        : claim.variables.map((variable) => ({
            claim,
            name: variable.name,
            field: fields.of(variable),
            allowed: variable.domain.map((before) =>
              variable.domain.map((after) => claim.allows(before, after)),
            ),
          })),
    );
  }

  /** How often each claim was judged with its premise met. */
  premises(): ReadonlyMap<string, number> {
    return this.premiseCounts;
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
    const failed: Failed[] = [];
    if (suspect.watched) this.judgeChanges(before, from, after, to, failed);
    for (const event of suspect.events) failed.push(...this.judgeEvent(event, after, to));
    return failed;
  }

  /** Judges a return in the state at `words[at]`, and counts an assertion that held. */
  judgeEvent(event: Event, words: Int32Array, at: number): readonly Failed[] {
    if (event.kind === 'passed') {
      this.countPremise(event.claim);
      return [];
    }
    return this.programsFor(event).filter(({ claim, address }) => {
      const result = this.judge.runProgram(address, words, at);
      if (result !== VACUOUS) this.countPremise(claim);
      return result === FAILS;
    });
  }

  private judgeChanges(
    before: Int32Array,
    from: number,
    after: Int32Array,
    to: number,
    failed: Failed[],
  ): void {
    const changed = new Set<string>();
    for (const { claim, name, field, allowed } of this.watches) {
      const { word, shift, mask } = field;
      const old = (before[from + word]! >>> shift) & mask;
      const value = (after[to + word]! >>> shift) & mask;
      if (old === value) continue;
      changed.add(claim.id);
      if (!allowed[old]![value]!) failed.push({ claim: claim.id, about: name });
    }
    for (const claim of changed) this.countPremise(claim);
  }

  private failedAssertion({ thread, failure }: Suspect): Failed {
    const { action } = this.compiled.automata[thread]!.nodes[failure!]!;
    if (action.kind !== 'failure') throw new Error(`node ${failure} is no assertion`);
    const claim = action.claim ?? ASSERTIONS;
    this.countPremise(claim);
    return { claim, about: action.message };
  }

  private programsFor(event: Event): readonly (Failed & { address: number })[] {
    const key = eventKey(event);
    let programs = this.returnAddresses.get(key);
    if (programs === undefined) {
      programs = (this.compiled.returns.get(key) ?? []).map((program) => ({
        claim: program.claim,
        about: program.about,
        address: this.judge.encodeProgram(program),
      }));
      this.returnAddresses.set(key, programs);
    }
    return programs;
  }

  private countPremise(claim: string): void {
    this.premiseCounts.set(claim, (this.premiseCounts.get(claim) ?? 0) + 1);
  }
}
