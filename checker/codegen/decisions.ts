import type { Decision } from '../automaton/decision.ts';
import type { Inside, Term } from '../language/operation.ts';
import { matchesData } from '../language/position.ts';
import { NEEDS_THREADS, toCode } from '../search/decision-code.ts';
import { FieldMap } from '../search/layout.ts';
import { type Callee, type Code, call, I32, i32, type Local, set } from '../wasm/code.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { CASES_IN_A_ROW, dispatch, isOneOf } from './dispatch.ts';
import { allOf, type Generator } from './generator.ts';

/** Turns decisions into functions from the words of a state to a judgement. */
export class Decisions {
  private readonly generator: Generator;
  /** If not, the answer is `NEEDS_THREADS` where it depends on where the threads are. */
  private readonly mayCount: boolean;
  private readonly fields: FieldMap;
  private readonly functions = new Map<Decision, Callee>();
  private readonly uses = new Map<Decision, number>();

  constructor(generator: Generator, mayCount: boolean) {
    this.generator = generator;
    this.mayCount = mayCount;
    this.fields = new FieldMap(generator.prepared.layout);
  }

  /** The function of a decision. */
  of(decision: Decision): Callee {
    this.countUses(decision);
    return this.functionOf(decision);
  }

  private functionOf(decision: Decision): Callee {
    const known = this.functions.get(decision);
    if (known !== undefined) return known;
    const { module, wordTypes } = this.generator;
    const declared = module.declare(wordTypes, [I32]);
    this.functions.set(decision, declared);
    module.define(declared, (f) => this.code(f, decision));
    return declared;
  }

  private countUses(decision: Decision): void {
    const uses = this.uses.get(decision) ?? 0;
    this.uses.set(decision, uses + 1);
    if (uses > 0 || decision.kind !== 'look') return;
    for (const target of new Set(decision.targets)) this.countUses(target);
    // Cases that may be written several times are calls.
    if (new Set(decision.targets).size <= CASES_IN_A_ROW) return;
    for (const target of decision.targets) this.uses.set(target, 2);
  }

  private code(f: FunctionBuilder, decision: Decision): Code {
    switch (decision.kind) {
      case 'judge':
        return i32.const(toCode(decision.judgement));
      case 'crash':
        // Vacuous, so that nothing is counted or reported beside the fault.
        return [this.generator.fault(decision.message), i32.const(toCode('vacuous'))];
      case 'look':
        return this.look(f, decision);
    }
  }

  private look(f: FunctionBuilder, { action, targets }: Decision & { kind: 'look' }): Code {
    const value = f.local(I32);
    const words = f.params;
    const next = (decision: Decision) => () =>
      decision.kind === 'look' && (this.uses.get(decision) ?? 0) > 1
        ? call(this.functionOf(decision), ...allOf(words))
        : this.code(f, decision);
    const distinct = [...new Set(targets)];
    const cases = distinct.map(next);
    const numbers = targets.map((target) => distinct.indexOf(target));
    switch (action.kind) {
      case 'access': {
        const read = this.generator.read(words, this.fields.of(action.variable));
        const caseOf = action.outcome.map((result) => numbers[result]!);
        return [set(value, read), dispatch(f, value, caseOf, cases, I32)];
      }
      case 'test': {
        const { terms, quantifier } = action;
        const holds = testOf(this.generator, this.fields, f, words, terms, quantifier);
        return [set(value, holds), dispatch(f, value, numbers, cases, I32)];
      }
      case 'inside':
        if (!this.mayCount) return i32.const(NEEDS_THREADS);
        return [set(value, this.count(f, action)), dispatch(f, value, numbers, cases, I32)];
    }
  }

  /** How many threads are inside of a stretch. */
  private count(f: FunctionBuilder, inside: Inside): Code {
    const { prepared, map } = this.generator;
    const counts = prepared.compiled.automata.map(({ nodes, visibleCount }, thread) => {
      const isInside = nodes
        .slice(0, visibleCount)
        .map(({ positions }) =>
          positions.some(
            ({ mark, data }) => mark === inside.mark && matchesData(inside.data, data),
          ),
        );
      if (!isInside.includes(true)) return i32.const(0);
      const table = map.table(Uint8Array.from(isInside, Number));
      const node = this.generator.read(f.params, prepared.layout.threadFields[thread]!);
      return i32.load8(node, table);
    });
    return counts.reduce((sum, one) => i32.add(sum, one));
  }
}

/** 1 where every, or some, of the terms holds, else 0. */
export function testOf(
  generator: Generator,
  fields: FieldMap,
  f: FunctionBuilder,
  words: readonly Local[],
  terms: readonly Term[],
  quantifier: 'every' | 'some',
): Code {
  const parts = terms.map(({ variable, accepts }) => {
    const value = f.local(I32);
    const accepted = accepts.flatMap((holds, v) => (holds ? [v] : []));
    return [
      set(value, generator.read(words, fields.of(variable))),
      isOneOf(value, accepted, accepts.length),
    ];
  });
  const all = quantifier === 'every';
  const neutral = i32.const(Number(all));
  return parts.reduce<Code>((sum, one) => (all ? i32.and : i32.or)(sum, one), neutral);
}
