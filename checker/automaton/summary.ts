import type { Modelled } from '../language/modelled.ts';
import type {
  AtomicMark,
  Inside,
  Passed,
  PositionMark,
  StepAction,
} from '../language/operation.ts';
import type { Plain } from '../language/value.ts';
import type { Waypoint } from './automaton.ts';

/**
 * What a program does at one point, with one target for each result. Equal nodes are one object.
 */
export type SummaryNode = StepNode | StructureNode | CallNode | LoopNode | LeafNode | CrashNode;

interface Node {
  /** Unique within a compilation. */
  readonly id: number;
}

/** An operation that other threads or claims can notice. */
export interface StepNode extends Node {
  readonly kind: 'step';
  readonly action: StepAction | Inside;
  readonly label: string | undefined;
  /** The function in whose code it is. */
  readonly functionName: string;
  readonly targets: readonly SummaryNode[];
}

/** The border of an atomic block or of a marked stretch, a waypoint, or an assertion that holds. */
export interface StructureNode extends Node {
  readonly kind: 'structure';
  readonly action: AtomicMark | PositionMark | Passed | Waypoint;
  readonly targets: readonly [SummaryNode];
}

/** A call, with one target for each value that the callee can return. */
export interface CallNode extends Node {
  readonly kind: 'call';
  readonly summary: FunctionSummary;
  readonly targets: readonly SummaryNode[];
}

/** A loop: the start of its body for each of its states, and a target for each of its results. */
export interface LoopNode extends Node {
  readonly kind: 'loop';
  readonly heads: readonly SummaryNode[];
  readonly targets: readonly SummaryNode[];
}

/** The end of a function (`return` of value `index`) or of an iteration of a loop. */
export interface LeafNode extends Node {
  readonly kind: 'return' | 'next' | 'done';
  /** Into the returns of the function, or the states or the results of the loop. */
  readonly index: number;
}

/** The generator throws here: an error of the model if it is ever reached. */
export interface CrashNode extends Node {
  readonly kind: 'crash';
  readonly message: string;
}

/** A function with given arguments. */
export interface FunctionSummary {
  readonly callee: Modelled<never, unknown>;
  readonly args: readonly unknown[];
  readonly root: SummaryNode;
  /** What it can return, as far as its own code shows. */
  readonly returns: readonly Plain[];
}
