import type { Move, StopReason, Walks } from '../engine/engine.ts';
import type { Forecast } from '../forecast/forecast.ts';
import type { Lane } from '../language/lane.ts';
import type { Fairness } from '../language/liveness-claim.ts';
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
  /** What it looked at, and what it stored: the parts of the step's that are its own. */
  readonly reads: readonly ValueRead[];
  readonly writes: readonly ValueWritten[];
  /** Where it stands, if that was asked for. */
  readonly site?: Site;
  /** The branches taken since the operation before. */
  readonly branches: readonly TraceBranch[];
}

/** What a thread does while a loop goes round. */
export interface LoopThread {
  readonly thread: string;
  readonly role: string;
  /**
   * It takes steps; it has finished; it waits in all states of the loop; or it does not move
   * although it could, always or at times.
   */
  readonly does: 'runs' | 'finished' | 'waits' | 'could always move' | 'could move at times';
  /** Steps in one round. */
  readonly steps: number;
  /** What it is about to do, where it does nothing. */
  readonly before?: string;
}

/** The second half of a lasso, replayed until the whole state came again. */
export interface LoopReport {
  /** Those of one round. */
  readonly steps: readonly TraceStep[];
  /** No fair loop through the state where it begins is shorter. Unknown to a replay. */
  readonly isShortest?: boolean;
  readonly threads: readonly LoopThread[];
  /** Names of the variables that have another value at some point of the loop. */
  readonly changing: readonly string[];
  /** What the run obeys. */
  readonly fairness: Fairness;
}

/** Something that is true in the state in which a claim fails. */
export interface Fact {
  /** E.g. `turn = 1`. */
  readonly text: string;
  /** The variable that it speaks of, if it speaks of one. */
  readonly variable?: string;
  /** Number of the step that made it true, from 1; 0 if it was true from the start. */
  readonly since: number;
}

/** A thread goes by a value that is not true any more. Steps are numbered from 1. */
export interface RaceWindow {
  readonly thread: string;
  readonly variable: string;
  /** The step in which the thread looked at the variable, and what it saw. */
  readonly read: number;
  readonly was: string;
  /** The last step after which what it saw was still true. */
  readonly lastSafe: number;
  /** The step in which another thread changed it, and what it is since. */
  readonly stale: number;
  readonly is: string;
  /** Its next step but for locks; absent if the claim fails before it takes one. */
  readonly acted?: number;
}

/** Why a claim fails at the end of a schedule. */
export interface Why {
  /**
   * The smallest failing clause: facts that together make the claim fail, whatever else holds, and
   * of which none could be left out.
   */
  readonly clause: readonly Fact[];
  /** Absent if no thread goes by a value that another one has changed. */
  readonly window?: RaceWindow;
}

/** A pair of steps that race, or one step, by which runs come to violate a claim. */
export interface ViolatingRace {
  /** The look and the change that makes it stale, as functions; or the step that violates. */
  readonly pair: readonly string[];
  /** Transitions that violate the claim first, over all states of the scope. */
  readonly transitions: number;
  /** Of a shortest schedule. */
  readonly steps: number;
  readonly schedule: string;
}

/** How small a counterexample is, and how much of that was proved. */
export interface Shrunk {
  /** What was found first. */
  readonly from: { readonly steps: number; readonly threadSwitches: number; readonly scope: Scope };
  /** How many threads, and operations of each kind, it has; dearest first. */
  readonly counts: readonly { readonly name: string; readonly count: number }[];
  /** The parameters of the simplest scope that were lowered as far as they can be, in order. */
  readonly simplest: Scope;
  /** What may yet be smaller, as a limit ended the search for it; empty if all is proved. */
  readonly unproved: readonly string[];
  /**
   * All races by which the claim fails in the scope that is shown, shortest first; absent for
   * loops, and where a limit ended the search for them.
   */
  readonly races?: readonly ViolatingRace[];
}

/** A violation that was replayed by running the generators. */
export interface Counterexample {
  readonly claim: string;
  readonly scope: Scope;
  readonly because: string;
  readonly why: Why;
  /** For `replay`. */
  readonly schedule: string;
  readonly threadSwitches: number;
  /** Present if it was asked for. */
  readonly shrunk?: Shrunk;
  /** The value of every variable before the first step. */
  readonly initial: readonly InitialValue[];
  /** What of the memory a timeline shows; nothing if the model does not say. */
  readonly lanes: readonly Lane[];
  /** For a claim over infinite runs: up to the loop. */
  readonly steps: readonly TraceStep[];
  /** For a claim over infinite runs. */
  readonly loop?: LoopReport;
}

/** One claim in one scope, or over all scopes of a check. */
export interface ClaimResult {
  readonly id: string;
  readonly kind:
    | 'invariant'
    | 'step'
    | 'return'
    | 'position'
    | 'assertion'
    | 'deadlock'
    | 'liveness';
  /** Of a claim over infinite runs: which of them it speaks of. */
  readonly fairness?: Fairness;
  readonly verdict: ClaimVerdict;
  readonly sentence: string;
  readonly source?: string;
  readonly blindSpot?: string;
  /** How often it was judged with its premise met. */
  readonly premise: number;
  readonly counterexample?: Counterexample;
}

/** What of a check a scope is for: claims over states and steps, or those over infinite runs. */
export type Part = 'safety' | 'liveness';

/** What the search through one scope found. */
export interface ScopeResult {
  readonly part: Part;
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
  /** Without those of the scopes for liveness, unless there are no others. */
  readonly states: number;
  readonly transitions: number;
  /** The biggest of the scopes. */
  readonly depth: number;
  readonly claims: readonly ClaimResult[];
  readonly scopes: readonly ScopeResult[];
  readonly notModelled: readonly string[];
  /** Claims that are not made here, each with the reason. */
  readonly notClaimed: Readonly<Record<string, string>>;
  /** If a limit ended the search: how big that scope is, by smaller ones. */
  readonly forecast?: Forecast;
  /** If it was asked for, and every scope was exhausted. */
  readonly ledger?: Ledger;
  /** If a ledger was asked for, every scope was exhausted, and the model names a canary. */
  readonly canary?: CanaryResult;
}
