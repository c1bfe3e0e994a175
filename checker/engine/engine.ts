import type { MessagePort } from 'node:worker_threads';
import type { System } from '../language/system.ts';
import type { Coverage } from './coverage.ts';

/** One step of a schedule: which thread moves, and the options it picks on the way, in order. */
export interface Move {
  /** Index into `System.threads`. */
  readonly thread: number;
  /** Option indices of the `choose` operations performed in this step; mostly none or one. */
  readonly choices: readonly number[];
}

/** What a search may use before it gives up. Absent means unlimited. */
export interface Limits {
  readonly statesMax?: number;
  readonly memoryBytesMax?: number;
  /** Wall time from the start of the search. */
  readonly durationMsMax?: number;
}

/**
 * `off`: keep every state. `verified`: rename threads that are verified to be interchangeable.
 * `required`: it is an error of the model if no two threads are.
 */
export type SymmetryUse = 'off' | 'verified' | 'required';

/** Threads that help with a search, as the thread that leads it holds them. */
export interface CrewEnds {
  readonly lobby: SharedArrayBuffer;
  readonly ports: readonly MessagePort[];
}

export interface EngineOptions {
  readonly limits: Limits;
  /** Go on after the level in which the first claim failed. */
  readonly keepGoing: boolean;
  /** Called every few thousand states; answers whether to go on. */
  readonly onProgress: (progress: Progress) => 'continue' | 'interrupt';
  /** Keep one state of those that differ by a renaming of threads; see `Symmetry`. */
  readonly symmetry?: SymmetryUse;
  /** Threads that help, for engines that can use them. */
  readonly crew?: CrewEnds;
  /** `false`: do not gather `Outcome.coverage`; the compiled engine then runs without that code. */
  readonly coverage?: boolean;
  /** Told which modelled function is about to be run while the model is compiled. */
  readonly onFunction?: (name: string) => void;
}

/** How far a search is. */
export interface Progress {
  readonly states: number;
  readonly transitions: number;
  /** Steps from the initial state to the level being expanded. */
  readonly depth: number;
  /** States not yet expanded. */
  readonly frontier: number;
  readonly memoryBytes: number;
}

/**
 * A claim that fails, with a shortest schedule, and among the shortest one with the fewest
 * switches.
 */
export interface Violation {
  readonly claim: string;
  /** What exactly failed: the observer, variable, assertion or blocked threads. */
  readonly because: string;
  readonly schedule: readonly Move[];
  /** For a claim over infinite runs: what follows the schedule for ever. */
  readonly loop?: Loop;
}

/** The second half of a lasso: moves that lead back to the state in which they begin. */
export interface Loop {
  readonly moves: readonly Move[];
  /** No fair loop through this state is shorter; else it is short, but perhaps not the shortest. */
  readonly isShortest: boolean;
}

/** Why a search ended before it had seen everything. */
export type StopReason = 'states' | 'memory' | 'time' | 'interrupt';

/** What a search found. */
export interface Outcome {
  /** `undefined` if the whole space was explored or the search ended with a violation. */
  readonly stopped?: StopReason;
  /** Every reachable state was visited. */
  readonly exhausted: boolean;
  readonly states: number;
  readonly transitions: number;
  /** Steps from the initial state to the farthest state seen. */
  readonly depth: number;
  /**
   * For each claim id how often it was judged with its premise met: an invariant once for each
   * state in which some observer's was; a step claim once for each transition and variable that
   * changed; a return claim once for each return; a position claim once for each state, thread and
   * stretch.
   */
  readonly premises: ReadonlyMap<string, number>;
  /** The first violation of each claim that fails, shortest first. */
  readonly violations: readonly Violation[];
  /** What the search went through; only where it saw everything. */
  readonly coverage?: Coverage;
  /** Names of the threads that were renamed into each other, by class; absent if none were. */
  readonly symmetric?: readonly (readonly string[])[];
  /** Bits of the packed state; 0 if the engine does not pack. */
  readonly stateBits: number;
  readonly memoryBytes: number;
  /** Where the space was walked through by chance: how often. */
  readonly walks?: Walks;
}

/** Walks through a space that was not searched. */
export interface Walks {
  readonly taken: number;
  /** Those that were cut before all threads had finished. */
  readonly cut: number;
}

/**
 * A search through all states of a system.
 *
 * @throws ModelError if the system breaks the contract of the language
 */
export type Engine = (system: System, options: EngineOptions) => Outcome;
