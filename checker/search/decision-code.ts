import type { Decision } from '../automaton/decision.ts';
import type { Judgement } from '../language/claim.ts';
import { ModelError } from '../language/model-error.ts';
import type { Inside } from '../language/operation.ts';
import type { FieldMap } from './layout.ts';

const LOOK = 0;
const TEST = 1;
const INSIDE = 2;
const JUDGE = 3;
const CRASH = 4;

/** What a decision says of a state. `NEEDS_THREADS`: it depends on where the threads are. */
export const FAILS = 0;
export const HOLDS = 1;
export const VACUOUS = 2;
export const NEEDS_THREADS = 3;

export function toCode(judgement: Judgement): number {
  return judgement === 'vacuous' ? VACUOUS : judgement ? HOLDS : FAILS;
}

/** Answers how many threads are inside a stretch in the packed state at `words[at]`. */
export type CountInside = (inside: Inside, words: Int32Array, at: number) => number;

/**
 * Decisions as one array of cells, shared where they are equal:
 *
 * - LOOK, word, shift, mask, then for each value the address to go on at
 * - TEST, 1 for `every`, number of terms, terms (word, shift, mask, address of accepted values),
 *   addresses for false and true
 * - INSIDE, number of the question, then for each count the address to go on at
 * - JUDGE, judgement; CRASH, number of the message
 */
export class DecisionCode {
  private readonly cells: number[] = [];
  private readonly fields: FieldMap;
  private readonly countInside: CountInside;
  private readonly addresses = new Map<Decision, number>();
  private readonly questions: Inside[] = [];
  private readonly messages: string[] = [];
  private packed = new Int32Array(0);

  constructor(fields: FieldMap, countInside: CountInside) {
    this.fields = fields;
    this.countInside = countInside;
  }

  /** Encodes a decision and returns its address. */
  encode(decision: Decision): number {
    const known = this.addresses.get(decision);
    if (known !== undefined) return known;
    const address = this.encodeInner(decision);
    this.addresses.set(decision, address);
    return address;
  }

  /**
   * Runs the decision at `address` on the packed state at `words[at]`.
   *
   * @param mayCount if not, the answer is `NEEDS_THREADS` where it depends on the threads
   * @throws ModelError if the claim's program throws on this state
   */
  decide(address: number, words: Int32Array, at: number, mayCount: boolean): number {
    if (this.packed.length !== this.cells.length) this.packed = Int32Array.from(this.cells);
    const { packed } = this;
    let cell = address;
    for (;;) {
      switch (packed[cell]!) {
        case LOOK:
          cell =
            packed[
              cell +
                4 +
                ((words[at + packed[cell + 1]!]! >>> packed[cell + 2]!) & packed[cell + 3]!)
            ]!;
          break;
        case TEST:
          cell = this.test(cell, words, at);
          break;
        case INSIDE:
          if (!mayCount) return NEEDS_THREADS;
          cell = packed[cell + 2 + this.count(packed[cell + 1]!, words, at)]!;
          break;
        case JUDGE:
          return packed[cell + 1]!;
        default:
          throw new ModelError(this.messages[packed[cell + 1]!]!);
      }
    }
  }

  private count(question: number, words: Int32Array, at: number): number {
    return this.countInside(this.questions[question]!, words, at);
  }

  private test(cell: number, words: Int32Array, at: number): number {
    const { packed } = this;
    const every = packed[cell + 1]!;
    const terms = packed[cell + 2]!;
    const targets = cell + 3 + 4 * terms;
    for (let i = 0, term = cell + 3; i < terms; i++, term += 4) {
      const value = (words[at + packed[term]!]! >>> packed[term + 1]!) & packed[term + 2]!;
      if (packed[packed[term + 3]! + value] !== every) return packed[targets + 1 - every]!;
    }
    return packed[targets + every]!;
  }

  private encodeInner(decision: Decision): number {
    if (decision.kind === 'judge') {
      return this.push(JUDGE, toCode(decision.judgement));
    }
    if (decision.kind === 'crash') {
      return this.push(CRASH, this.messages.push(decision.message) - 1);
    }
    const { action } = decision;
    const targets = decision.targets.map((target) => this.encode(target));
    switch (action.kind) {
      case 'access': {
        const { word, shift, mask } = this.fields.of(action.variable);
        return this.push(LOOK, word, shift, mask, ...action.outcome.map((r) => targets[r]!));
      }
      case 'test': {
        const terms = action.terms.flatMap(({ variable, accepts }) => {
          const { word, shift, mask } = this.fields.of(variable);
          return [word, shift, mask, this.push(...accepts.map(Number))];
        });
        const every = Number(action.quantifier === 'every');
        return this.push(TEST, every, action.terms.length, ...terms, ...targets);
      }
      case 'inside':
        return this.push(INSIDE, this.questions.push(action) - 1, ...targets);
    }
  }

  private push(...cells: readonly number[]): number {
    return this.cells.push(...cells) - cells.length;
  }
}
