import type { Move, StopReason, Walks } from '../engine/engine.ts';
import type { Lane } from '../language/lane.ts';
import type { Scope } from '../language/parameter.ts';
import type { Site } from '../language/site.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** The verdict words of a check. Only EXHAUSTED is a success. */
export type Verdict = 'EXHAUSTED' | 'VIOLATED' | 'BOUNDED' | 'STOPPED' | 'INTERRUPTED' | 'VACUOUS';

/** The verdict words of one claim. UNDECIDED: the search ended first. */
export type ClaimVerdict = 'HOLDS' | 'VIOLATED' | 'UNDECIDED';

/** A frame of the call stack of a step, outermost first. */
export interface Frame {
  readonly name: string;
  /** The label of the call, e.g. `B6`. */
  readonly label?: string;
}

/** A look at a variable, or a change of it, with values as people read them. */
export interface ValueRead {
  readonly variable: string;
  readonly value: string;
}
export interface ValueWritten {
  readonly variable: string;
  readonly from: string;
  readonly to: string;
}

/** A variable with the value that it begins with. */
export interface InitialValue extends ValueRead {
  /** What all values of its domain are; `text` if they differ in it. */
  readonly type: 'integer' | 'boolean' | 'text';
}

/** One step of a replayed schedule. */
export interface TraceStep {
  readonly thread: string;
  readonly role: string;
  /** Frames of the first operation of the step. */
  readonly frames: readonly Frame[];
  /** Label of the first operation; an atomic block has one entry in `operations` for each. */
  readonly label?: string;
  readonly operations: readonly TraceOperation[];
  readonly reads: readonly ValueRead[];
  readonly writes: readonly ValueWritten[];
  readonly move: Move;
}

/** A labelled branch that the code took between two operations. */
export interface TraceBranch {
  readonly frames: readonly Frame[];
  /** E.g. `B2`. */
  readonly label: string;
}

/** One operation of a step: what the code did, e.g. `read turn[1]`, and what it got. */
export interface TraceOperation {
  readonly frames: readonly Frame[];
  readonly label?: string;
  readonly action: string;
  readonly result?: string;
  /** Where it stands, if that was asked for. */
  readonly site?: Site;
  /** The branches taken since the operation before. */
  readonly branches: readonly TraceBranch[];
}

/** A violation that was replayed by running the generators. */
export interface Counterexample {
  readonly claim: string;
  readonly scope: Scope;
  readonly because: string;
  /** For `replay`. */
  readonly schedule: string;
  readonly threadSwitches: number;
  /** The value of every variable before the first step. */
  readonly initial: readonly InitialValue[];
  /** What of the memory a timeline shows; nothing if the model does not say. */
  readonly lanes: readonly Lane[];
  readonly steps: readonly TraceStep[];
}

/** One claim in one scope, or over all scopes of a check. */
export interface ClaimResult {
  readonly id: string;
  readonly kind: 'invariant' | 'step' | 'return' | 'position' | 'assertion' | 'deadlock';
  readonly verdict: ClaimVerdict;
  readonly sentence: string;
  readonly source?: string;
  readonly blindSpot?: string;
  /** How often it was judged with its premise met. */
  readonly premise: number;
  readonly counterexample?: Counterexample;
}

/** What the search through one scope found. */
export interface ScopeResult {
  readonly scope: Scope;
  readonly verdict: Verdict;
  readonly stopped?: StopReason;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Names of threads, by class; states that differ by a renaming of them are counted once. */
  readonly symmetric?: readonly (readonly string[])[];
  readonly stateBits: number;
  readonly memoryBytes: number;
  /** Where the space was walked through by chance; its states are then counted at each visit. */
  readonly walks?: Walks;
  readonly seconds: number;
  readonly claims: readonly ClaimResult[];
}

/** What became of the canary: a known mistake that the same engine had to catch. */
export interface CanaryResult {
  readonly summary: string;
  readonly scope: Scope;
  /** Ids of the claims one of which had to fail. */
  readonly caughtBy: readonly string[];
  /** The claim that failed, if it is one of them. */
  readonly caught?: string;
  readonly verdict: Verdict;
  readonly states: number;
}

/** What a check found: its scopes in order, and all of them together. */
export interface CheckResult {
  readonly model: string;
  readonly modelVersion: string;
  readonly engine: string;
  readonly verdict: Verdict;
  readonly states: number;
  readonly transitions: number;
  /** The biggest of the scopes. */
  readonly depth: number;
  readonly claims: readonly ClaimResult[];
  readonly scopes: readonly ScopeResult[];
  readonly notModelled: readonly string[];
  /** Claims that are not made here, each with the reason. */
  readonly notClaimed: Readonly<Record<string, string>>;
  /** If it was asked for, and every scope was exhausted. */
  readonly ledger?: Ledger;
  /** If a ledger was asked for, every scope was exhausted, and the model names a canary. */
  readonly canary?: CanaryResult;
}
