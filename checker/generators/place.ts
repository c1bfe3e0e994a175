import type { Modelled } from '../language/modelled.ts';
import type { Operation } from '../language/operation.ts';
import type { Plain } from '../language/value.ts';

/** One operation of the past of a frame, and what it resulted in. */
export interface HistoryEntry {
  /** Replaying must meet the same operation again. */
  readonly operation: Operation;
  readonly result: unknown;
}

/** A call of a modelled function. */
export interface CallStart {
  readonly kind: 'call';
  readonly callee: Modelled<never, unknown>;
  readonly args: readonly unknown[];
  /** The label of the call, e.g. `B6`. */
  readonly label: string | undefined;
}

/** An iteration of a loop. Its body is known to the frame below only, once replayed. */
export interface LoopStart {
  readonly kind: 'loop';
  readonly state: Plain;
}

export type FrameStart = CallStart | LoopStart;

/** A running call or iteration. */
export type Frame = FrameStart & { readonly history: readonly HistoryEntry[] };

/** A stretch that a thread is inside of. */
export interface Mark {
  readonly mark: string;
  readonly data: Plain;
}

/**
 * Where a thread is: about to perform a real operation (access, test, fill, choose, failure), or
 * finished. What it will do follows from the histories of its frames; the other fields are what
 * running them showed. Equal places of a thread are the same object.
 */
export interface Place {
  /** Counts the places of one thread in the order in which they were first reached. */
  readonly id: number;
  /** Outermost first; none if the thread has finished. */
  readonly frames: readonly Frame[];
  /** The operation that it is about to perform; `undefined` if it has finished or crashed. */
  readonly operation: Operation | undefined;
  /** The call stack of the operation, if it was noted. */
  readonly site: Error | undefined;
  /** What the program threw here: an error of the model if a state with it is run on. */
  readonly crash: string | undefined;
  /** The stretches it is inside of, outermost first. */
  readonly marks: readonly Mark[];
  /** Atomic blocks around the operation. */
  readonly atomicDepth: number;
  /** Identities of the lock sides held, once for each acquisition that was not given back. */
  readonly held: readonly string[];
}

/** A modelled function that returned. */
export interface Return {
  readonly callee: Modelled<never, unknown>;
  readonly args: readonly unknown[];
  readonly result: unknown;
}

/** A labelled branch, and where it was taken. */
export interface BranchTaken {
  readonly label: string;
  readonly frames: readonly FrameStart[];
}

/** A labelled branch or call, and the function in whose code it is. */
export interface WaypointPassed {
  readonly functionName: string;
  readonly label: string;
}

/** What became of a thread that ran on to its next place. */
export interface Arrival {
  readonly place: Place;
  /** Functions that returned on the way, in order. */
  readonly returns: readonly Return[];
  /** Claims whose assertions held on the way, in order. */
  readonly passed: readonly string[];
  /** The branches taken on the way. */
  readonly branches: readonly BranchTaken[];
  /** Stretches that the thread has left and is in no other like them. */
  readonly left: readonly Mark[];
  /** The labelled branches and calls on the way, in order. */
  readonly waypoints: readonly WaypointPassed[];
  /** False if the next operation belongs to the same atomic step. */
  readonly stepEnds: boolean;
}

/** The function whose code a place is in, for messages. */
export function functionNameOf(frames: readonly FrameStart[]): string {
  return frames.findLast((frame) => frame.kind === 'call')?.callee.functionName ?? 'the thread';
}

/** The function and, where there is one, the label of the operation, for messages. */
export function locationOf({ frames, operation }: Place): string {
  const label = operation?.label;
  return functionNameOf(frames) + (label === undefined ? '' : ` at ${label}`);
}
