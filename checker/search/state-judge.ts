import { type CompiledSystem, positionKey } from '../automaton/compile.ts';
import type { Inside } from '../language/operation.ts';
import { matchesData } from '../language/position.ts';
import { type CountInside, DecisionCode, FAILS, NEEDS_THREADS, VACUOUS } from './decision-code.ts';
import { FieldMap, type Layout } from './layout.ts';

/** A claim that fails, and what of it. */
export interface Failed {
  readonly claim: string;
  readonly about: string;
}

/** A claim's program and where its code is. */
interface Program extends Failed {
  readonly address: number;
}

/** What the invariants say of a valuation of the shared variables, whatever the threads do. */
interface Finding {
  readonly failed: readonly Program[];
  /** Claims with a premise that is met. */
  readonly met: readonly string[];
  /** Programs whose answer depends on where the threads are. */
  readonly open: readonly Program[];
  /** In how many states it was found. */
  states: number;
}

/** Entries of the memo: more than the valuations that recur within a few thousand states. */
const MEMO_SIZE = 1 << 15;

const NONE: readonly Failed[] = [];

/**
 * Judges packed states: invariants and position claims. The shared variables have far fewer
 * valuations than the system has states, so what invariants say is remembered by valuation, in a
 * direct-mapped memo that keeps and compares the whole valuation.
 */
export class StateJudge {
  private readonly layout: Layout;
  private readonly code: DecisionCode;
  private readonly invariants: readonly Program[];
  /** Per thread and node, the programs that judge a thread there. */
  private readonly positions: readonly (readonly (readonly Program[])[])[];
  private readonly anyPositions: boolean;
  private readonly compiled: CompiledSystem;
  private readonly insideTables = new Map<Inside, readonly Uint8Array[]>();
  private readonly memoKeys: Int32Array;
  private readonly memo = new Array<Finding | undefined>(MEMO_SIZE);
  private readonly findings = new Map<string, Finding>();
  private readonly positionPremises = new Map<string, number>();

  constructor(compiled: CompiledSystem, layout: Layout) {
    this.compiled = compiled;
    this.layout = layout;
    this.code = new DecisionCode(new FieldMap(layout));
    const encode = ({ claim, about, root }: (typeof compiled.invariants)[number]) => ({
      claim,
      about,
      address: this.code.encode(root),
    });
    this.invariants = compiled.invariants.map(encode);
    this.positions = compiled.automata.map(({ nodes, visibleCount }) =>
      nodes
        .slice(0, visibleCount)
        .map((node) =>
          node.positions.flatMap((position) =>
            (compiled.positions.get(positionKey(position)) ?? []).map(encode),
          ),
        ),
    );
    this.anyPositions = this.positions.some((nodes) => nodes.some((list) => list.length > 0));
    this.memoKeys = new Int32Array(MEMO_SIZE * layout.wordCount);
  }

  /** Judges the state at `words[at]`. To be called once for each state, as it counts premises. */
  judge(words: Int32Array, at: number): readonly Failed[] {
    const finding = this.find(words, at);
    finding.states++;
    if (finding.failed.length === 0 && finding.open.length === 0 && !this.anyPositions) {
      return NONE;
    }
    const failed: Failed[] = [...finding.failed];
    if (finding.open.length > 0) this.judgeOpen(finding, words, at, failed);
    if (this.anyPositions) this.judgePositions(words, at, failed);
    return failed.length === 0 ? NONE : failed;
  }

  /** How often each claim was judged with its premise met. */
  premises(): Map<string, number> {
    const premises = new Map(this.positionPremises);
    for (const { met, states } of this.findings.values()) {
      for (const claim of met) premises.set(claim, (premises.get(claim) ?? 0) + states);
    }
    return premises;
  }

  /** Judges one program of a return claim, which is not counted here. */
  runProgram(address: number, words: Int32Array, at: number): number {
    return this.code.decide(address, words, at, this.counter(words, at));
  }

  /** Encodes a program for `runProgram`. */
  encodeProgram(program: CompiledSystem['invariants'][number]): number {
    return this.code.encode(program.root);
  }

  private find(words: Int32Array, at: number): Finding {
    const { wordCount, sharedMasks } = this.layout;
    let hash = 0;
    for (let i = 0; i < wordCount; i++) {
      hash = Math.imul(hash ^ (words[at + i]! & sharedMasks[i]!), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const slot = hash & (MEMO_SIZE - 1);
    const known = this.memo[slot];
    const key = slot * wordCount;
    if (known !== undefined) {
      let i = 0;
      while (i < wordCount && this.memoKeys[key + i] === (words[at + i]! & sharedMasks[i]!)) i++;
      if (i === wordCount) return known;
    }
    const finding = this.evaluate(words, at);
    this.memo[slot] = finding;
    for (let i = 0; i < wordCount; i++) {
      this.memoKeys[key + i] = words[at + i]! & sharedMasks[i]!;
    }
    return finding;
  }

  private evaluate(words: Int32Array, at: number): Finding {
    const results = this.invariants.map(({ address }) => this.code.decide(address, words, at));
    const key = results.join('');
    let finding = this.findings.get(key);
    if (finding === undefined) {
      const withResult = (test: (result: number) => boolean) =>
        this.invariants.filter((_, i) => test(results[i]!));
      // A claim with one observer whose premise is met counts as met, however many there are.
      const met = withResult((result) => result !== VACUOUS && result !== NEEDS_THREADS);
      finding = {
        failed: withResult((result) => result === FAILS),
        met: [...new Set(met.map(({ claim }) => claim))],
        open: withResult((result) => result === NEEDS_THREADS),
        states: 0,
      };
      this.findings.set(key, finding);
    }
    return finding;
  }

  private judgeOpen(finding: Finding, words: Int32Array, at: number, failed: Failed[]): void {
    const countInside = this.counter(words, at);
    const met = new Set<string>();
    for (const program of finding.open) {
      const result = this.code.decide(program.address, words, at, countInside);
      if (result !== VACUOUS && !finding.met.includes(program.claim)) met.add(program.claim);
      if (result === FAILS) failed.push(program);
    }
    for (const claim of met) this.countPremise(claim);
  }

  private judgePositions(words: Int32Array, at: number, failed: Failed[]): void {
    const { threadFields } = this.layout;
    for (let thread = 0; thread < threadFields.length; thread++) {
      const { word, shift, mask } = threadFields[thread]!;
      const programs = this.positions[thread]![(words[at + word]! >>> shift) & mask]!;
      if (programs.length === 0) continue;
      for (const program of programs) {
        const result = this.runProgram(program.address, words, at);
        if (result !== VACUOUS) this.countPremise(program.claim);
        if (result === FAILS) failed.push(program);
      }
    }
  }

  private countPremise(claim: string): void {
    this.positionPremises.set(claim, (this.positionPremises.get(claim) ?? 0) + 1);
  }

  private counter(words: Int32Array, at: number): CountInside {
    return (inside) => {
      let count = 0;
      this.tablesOf(inside).forEach((table, thread) => {
        const { word, shift, mask } = this.layout.threadFields[thread]!;
        count += table[(words[at + word]! >>> shift) & mask]!;
      });
      return count;
    };
  }

  private tablesOf(inside: Inside): readonly Uint8Array[] {
    let tables = this.insideTables.get(inside);
    if (tables === undefined) {
      tables = this.compiled.automata.map(({ nodes, visibleCount }) =>
        Uint8Array.from(nodes.slice(0, visibleCount), ({ positions }) =>
          Number(
            positions.some(({ mark, data }) => mark === inside.mark && matchesData(inside.data, data)),
          ),
        ),
      );
      this.insideTables.set(inside, tables);
    }
    return tables;
  }
}
