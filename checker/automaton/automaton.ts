import type { StepAction } from '../language/operation.ts';
import { freezeAndKey, type Plain } from '../language/value.ts';

/** The end of a thread: nothing left to do. */
export interface Finished {
  readonly kind: 'finished';
}

/** A point at which the program throws. */
export interface Crash {
  readonly kind: 'crash';
  readonly message: string;
}

/** A modelled function returned: what return claims judge. */
export interface ReturnEvent {
  readonly kind: 'return';
  readonly functionName: string;
  readonly identity: string;
  readonly args: readonly unknown[];
  readonly result: unknown;
}

/** An assertion of a named claim held. */
export interface PassedEvent {
  readonly kind: 'passed';
  readonly claim: string;
}

/** The thread left a stretch, and is in no other with the same mark and data. */
export interface LeftEvent extends Position {
  readonly kind: 'left';
}

/** What happens along an edge that claims want to know. */
export type Event = ReturnEvent | PassedEvent | LeftEvent;

/** A labelled branch or call that the code passes between two operations. */
export interface Waypoint {
  readonly kind: 'waypoint';
  /** The function in whose code it is. */
  readonly functionName: string;
  readonly label: string;
}

/** A stretch that the thread is inside of. */
export interface Position {
  readonly mark: string;
  readonly data: Plain;
}

export interface Edge {
  /** Index into `Automaton.nodes`. */
  readonly target: number;
  /** In order. */
  readonly events: readonly Event[];
  /** In order. */
  readonly waypoints: readonly Waypoint[];
}

/** What a thread does next. */
export interface AutomatonNode {
  readonly action: StepAction | Finished | Crash;
  readonly label: string | undefined;
  /** The function in whose code it is; `undefined` where the thread has ended. */
  readonly functionName: string | undefined;
  /** In the middle of an atomic block: never the end of a step, never part of a stored state. */
  readonly interior: boolean;
  /** Only the stretches that the compiled claims speak of. */
  readonly positions: readonly Position[];
  /** One for each result, in the order of `resultsOf(action)`. */
  readonly edges: readonly Edge[];
}

/** The program of one thread as a minimal automaton. */
export interface Automaton {
  /** Visible nodes first, then interior ones. */
  readonly nodes: readonly AutomatonNode[];
  readonly visibleCount: number;
  readonly entry: number;
  /** Before the first operation. */
  readonly entryEvents: readonly Event[];
  readonly entryWaypoints: readonly Waypoint[];
}

/** A text that is equal exactly for equal positions. */
export function positionKey({ mark, data }: Position): string {
  return `${mark}=${freezeAndKey(data, mark)}`;
}

/** A text that is equal exactly for equal events. */
export function eventKey(event: Event): string {
  if (event.kind === 'passed') return `passed ${event.claim}`;
  if (event.kind === 'left') return `left ${positionKey(event)}`;
  const { identity, args, result } = event;
  return `${identity}${freezeAndKey(args, 'arguments')}${freezeAndKey(result, 'a result')}`;
}
