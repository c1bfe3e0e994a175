import { positionKey } from '../automaton/automaton.ts';
import type { CompiledProgram, CompiledSystem } from '../automaton/compile.ts';
import { type Decision, variablesRead } from '../automaton/decision.ts';
import type { Inside } from '../language/operation.ts';
import { matchesData } from '../language/position.ts';
import { DecisionCode, FAILS, HOLDS, NEEDS_THREADS, VACUOUS } from './decision-code.ts';
import { FieldMap, type Layout } from './layout.ts';
import { PremiseCounts } from './premise-counts.ts';

/** A claim that fails, and what of it. */
export interface Failed {
  readonly claim: string;
  readonly about: string;
}

/** A claim's program and where its code is. */
export interface Program extends Failed {
  readonly claimNumber: number;
  readonly address: number;
}

/**
 * What the invariants say of a valuation of the variables that they read, whatever the threads do.
 */
interface Finding {
  readonly failed: readonly Program[];
  /** Numbers of the claims with a premise that is met. */
  readonly met: readonly number[];
  /** Programs whose answer depends on where the threads are. */
  readonly open: readonly Program[];
}

/**
 * Entries of the memo: small enough for the cache, big enough that few valuations are judged twice.
 */
const MEMO_SIZE = 1 << 13;

/**
 * Judges packed states: invariants and position claims. The variables that invariants read have far
 * fewer valuations than the system has states, so what they say is remembered by valuation, in a
 * direct-mapped memo that keeps and compares the whole valuation.
 */
export class StateJudge {
  private readonly layout: Layout;
  private readonly code: DecisionCode;
  private readonly invariants: readonly Program[];
  /** Per thread and node, the programs that judge a thread there. */
  private readonly positions: readonly (readonly (readonly Program[])[])[];
  /** Per thread and node, whether there is such a program. */
  private readonly judgesPosition: readonly Uint8Array[];
  private readonly compiled: CompiledSystem;
  private readonly insideTables = new Map<Inside, readonly Uint8Array[]>();
  /** Per word, the bits of the variables that invariants read. */
  private readonly readMasks: Int32Array;
  /** For each slot the valuation, and the number of the finding plus one. */
  private readonly memo: Int32Array;
  private readonly findings: Finding[] = [];
  private readonly findingNumbers = new Map<string, number>();
  /** For each finding, in how many states it was found. */
  private findingStates = new Float64Array(16);
  private readonly premiseCounts: PremiseCounts;

  constructor(compiled: CompiledSystem, layout: Layout) {
    this.compiled = compiled;
    this.layout = layout;
    this.code = new DecisionCode(new FieldMap(layout), (inside, words, at) =>
      this.countInside(inside, words, at),
    );
    this.premiseCounts = new PremiseCounts(compiled.system);
    const encode = (program: CompiledProgram) => this.encodeProgram(program);
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
    this.judgesPosition = this.positions.map((nodes) =>
      Uint8Array.from(nodes, (programs) => Number(programs.length > 0)),
    );
    this.readMasks = readMasks(compiled.invariants, layout);
    this.memo = new Int32Array(MEMO_SIZE * (layout.wordCount + 1));
  }

  /** Judges the state at `words[at]`. To be called once for each state, as it counts premises. */
  judge(words: Int32Array, at: number): readonly Failed[] {
    const number = this.find(words, at);
    const finding = this.findings[number]!;
    this.findingStates[number]!++;
    let failed: readonly Failed[] = finding.failed;
    if (finding.open.length > 0) failed = this.judgeOpen(finding, words, at, failed);
    return this.judgePositions(words, at, failed);
  }

  /** How often each claim was judged with its premise met. */
  premises(): Map<string, number> {
    this.findings.forEach(({ met }, number) => {
      for (const claim of met) this.premiseCounts.add(claim, this.findingStates[number]!);
    });
    this.findingStates.fill(0);
    return this.premiseCounts.toMap();
  }

  /** Judges one program of a return claim, which is not counted here. */
  runProgram(address: number, words: Int32Array, at: number): number {
    return this.code.decide(address, words, at, true);
  }

  /** Encodes a program for `runProgram`. */
  encodeProgram({ claim, about, root }: CompiledProgram): Program {
    const claimNumber = this.premiseCounts.numberOf(claim);
    return { claim, claimNumber, about, address: this.code.encode(root) };
  }

  /** Whether a decision, which is counted nowhere, says that the state at `words[at]` is so. */
  holds(root: Decision, words: Int32Array, at: number): boolean {
    return this.code.decide(this.code.encode(root), words, at, true) === HOLDS;
  }

  /** The number of what the invariants find in a state. */
  private find(words: Int32Array, at: number): number {
    const { readMasks } = this;
    const { wordCount } = this.layout;
    let hash = 0;
    for (let i = 0; i < wordCount; i++) {
      hash = Math.imul(hash ^ (words[at + i]! & readMasks[i]!), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const { memo } = this;
    const slot = (hash & (MEMO_SIZE - 1)) * (wordCount + 1);
    const known = memo[slot + wordCount]!;
    if (known !== 0) {
      let i = 0;
      while (i < wordCount && memo[slot + i] === (words[at + i]! & readMasks[i]!)) i++;
      if (i === wordCount) return known - 1;
    }
    const number = this.evaluate(words, at);
    for (let i = 0; i < wordCount; i++) memo[slot + i] = words[at + i]! & readMasks[i]!;
    memo[slot + wordCount] = number + 1;
    return number;
  }

  private evaluate(words: Int32Array, at: number): number {
    const results = this.invariants.map(({ address }) =>
      this.code.decide(address, words, at, false),
    );
    const key = results.join('');
    let number = this.findingNumbers.get(key);
    if (number === undefined) {
      const withResult = (test: (result: number) => boolean) =>
        this.invariants.filter((_, i) => test(results[i]!));
      // A claim with one observer whose premise is met counts as met, however many there are.
      const met = withResult((result) => result !== VACUOUS && result !== NEEDS_THREADS);
      number = this.findings.push({
        failed: withResult((result) => result === FAILS),
        met: [...new Set(met.map(({ claimNumber }) => claimNumber))],
        open: withResult((result) => result === NEEDS_THREADS),
      });
      number--;
      this.findingNumbers.set(key, number);
      if (number === this.findingStates.length) {
        const states = new Float64Array(2 * number);
        states.set(this.findingStates);
        this.findingStates = states;
      }
    }
    return number;
  }

  private judgeOpen(
    { open, met }: Finding,
    words: Int32Array,
    at: number,
    failedSoFar: readonly Failed[],
  ): readonly Failed[] {
    let failed = failedSoFar;
    let last = -1;
    for (const program of open) {
      const { claimNumber } = program;
      const result = this.code.decide(program.address, words, at, true);
      // The programs of a claim follow each other, and the claim counts once for each state.
      if (result !== VACUOUS && claimNumber !== last && !met.includes(claimNumber)) {
        this.premiseCounts.add(claimNumber, 1);
        last = claimNumber;
      }
      if (result === FAILS) failed = [...failed, program];
    }
    return failed;
  }

  private judgePositions(
    words: Int32Array,
    at: number,
    failedSoFar: readonly Failed[],
  ): readonly Failed[] {
    let failed = failedSoFar;
    const { threadFields } = this.layout;
    for (let thread = 0; thread < threadFields.length; thread++) {
      const { word, shift, mask } = threadFields[thread]!;
      const node = (words[at + word]! >>> shift) & mask;
      if (this.judgesPosition[thread]![node] === 0) continue;
      for (const program of this.positions[thread]![node]!) {
        const result = this.runProgram(program.address, words, at);
        if (result !== VACUOUS) this.premiseCounts.add(program.claimNumber, 1);
        if (result === FAILS) failed = [...failed, program];
      }
    }
    return failed;
  }

  private countInside(inside: Inside, words: Int32Array, at: number): number {
    const tables = this.tablesOf(inside);
    let count = 0;
    for (let thread = 0; thread < tables.length; thread++) {
      const { word, shift, mask } = this.layout.threadFields[thread]!;
      count += tables[thread]![(words[at + word]! >>> shift) & mask]!;
    }
    return count;
  }

  private tablesOf(inside: Inside): readonly Uint8Array[] {
    let tables = this.insideTables.get(inside);
    if (tables === undefined) {
      tables = this.compiled.automata.map(({ nodes, visibleCount }) =>
        Uint8Array.from(nodes.slice(0, visibleCount), ({ positions }) =>
          Number(
            positions.some(
              ({ mark, data }) => mark === inside.mark && matchesData(inside.data, data),
            ),
          ),
        ),
      );
      this.insideTables.set(inside, tables);
    }
    return tables;
  }
}

/** Per word of a state, the bits of the variables that the programs read. */
export function readMasks(programs: readonly CompiledProgram[], layout: Layout): Int32Array {
  const fields = new FieldMap(layout);
  const masks = new Int32Array(layout.wordCount);
  for (const variable of programs.flatMap(({ root }) => variablesRead(root))) {
    const { word, shift, mask } = fields.of(variable);
    masks[word]! |= mask << shift;
  }
  return masks;
}
