import type { CompiledProgram } from '../automaton/compile.ts';
import { insidesRead, variablesRead } from '../automaton/decision.ts';
import { matchesData } from '../language/position.ts';
import { HOLDS } from '../search/decision-code.ts';
import type { Prepared } from '../search/explore.ts';
import { type Field, FieldMap } from '../search/layout.ts';
import type { StateJudge } from '../search/state-judge.ts';
import type { States } from './graph.ts';

/** Answers for more combinations of what a question looks at are not remembered. */
const REMEMBERED_MAX = 1 << 16;

/** In `Question.known`: not asked yet. */
const UNKNOWN = 2;

/**
 * A question about states that is asked of very many. It looks at few fields of a state, so what it
 * answers is remembered by their values, as a number with a digit for each.
 */
export class Question {
  private readonly judge: StateJudge;
  private readonly address: number;
  /** The threads that it may see. */
  private readonly threads: readonly number[];
  private readonly fields: readonly Field[];
  /** By number, the answer; empty if there would be too many. */
  private readonly known: Uint8Array;

  constructor({ compiled, layout }: Prepared, program: CompiledProgram, judge: StateJudge) {
    const { root } = program;
    this.judge = judge;
    this.address = judge.encodeProgram(program).address;
    const insides = insidesRead(root);
    this.threads = compiled.automata.flatMap(({ nodes }, thread) => {
      const positions = nodes.flatMap((node) => node.positions);
      const isSeen = positions.some(({ mark, data }) =>
        insides.some((one) => one.mark === mark && matchesData(one.data, data)),
      );
      return isSeen ? [thread] : [];
    });
    const variables = new FieldMap(layout);
    this.fields = [
      ...this.threads.map((thread) => layout.threadFields[thread]!),
      ...variablesRead(root).map((variable) => variables.of(variable)),
    ];
    const size = this.fields.reduce((product, { mask }) => product * (mask + 1), 1);
    this.known = new Uint8Array(size <= REMEMBERED_MAX ? size : 0).fill(UNKNOWN);
  }

  /** By number, 1 for the states of which the answer is this one. */
  ask(states: States, answer: boolean): Uint8Array {
    const isSo = new Uint8Array(states.count);
    states.each((state, words, at) => {
      isSo[state] = Number(this.holds(words, at) === answer);
    });
    return isSo;
  }

  /**
   * In how many states it holds.
   *
   * @param census what `nodeCensus` answers of these states
   */
  count(states: States, census: readonly Float64Array[]): number {
    const [thread, ...others] = this.threads;
    if (thread !== undefined && others.length === 0 && this.fields.length === 1) {
      return this.countByNode(this.fields[0]!, census[thread]!);
    }
    let count = 0;
    states.each((_, words, at) => {
      if (this.holds(words, at)) count++;
    });
    return count;
  }

  /** It sees only where one thread is, so a state in which nothing else is anywhere will do. */
  private countByNode({ word, shift }: Field, census: Float64Array): number {
    const words = new Int32Array(word + 1);
    return census.reduce((sum, states, node) => {
      words[word] = node << shift;
      return this.holds(words, 0) ? sum + states : sum;
    }, 0);
  }

  private holds(words: Int32Array, at: number): boolean {
    const { fields, known } = this;
    if (known.length === 0) return this.decide(words, at);
    let number = 0;
    for (let i = 0; i < fields.length; i++) {
      const { word, shift, mask } = fields[i]!;
      number = number * (mask + 1) + ((words[at + word]! >>> shift) & mask);
    }
    if (known[number] === UNKNOWN) known[number] = Number(this.decide(words, at));
    return known[number] === 1;
  }

  private decide(words: Int32Array, at: number): boolean {
    return this.judge.runProgram(this.address, words, at) === HOLDS;
  }
}
