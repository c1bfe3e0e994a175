import type { Move } from '../engine/engine.ts';
import { ContractError, ModelError } from '../language/model-error.ts';
import type { Failure } from '../language/operation.ts';
import type { System } from '../language/system.ts';
import { actionText } from './operation-text.ts';
import { type Effect, type Layout, layoutOf, perform, type Valuation } from './perform.ts';
import {
  type Arrival,
  type BranchTaken,
  locationOf,
  type Mark,
  type Place,
  type Return,
  type WaypointPassed,
} from './place.ts';
import { ThreadRunner } from './thread-runner.ts';

/** More operations than this in one atomic step never end. */
const OPERATIONS_PER_STEP_MAX = 1_000;

/** The whole state of a system. Two states are the same if their `key` is. */
export interface MachineState {
  readonly values: Valuation;
  /** One place for each thread. */
  readonly places: readonly Place[];
  /** The branches that each thread took since its last operation. No part of the state. */
  readonly branches: readonly (readonly BranchTaken[])[];
}

/** A modelled function that returned in `thread`. */
export interface ThreadReturn extends Return {
  readonly thread: number;
}

/** What happened between two places that claims want to know, in order. */
export interface Events {
  readonly returns: readonly ThreadReturn[];
  /** Claims whose assertions held. */
  readonly passed: readonly string[];
}

/** One operation of a step, as it was done. */
export interface Performed {
  readonly place: Place;
  /** The branches taken since the operation before. */
  readonly branches: readonly BranchTaken[];
  /** The labelled branches and calls on the way to the next one. */
  readonly waypoints: readonly WaypointPassed[];
  /** Before it. */
  readonly values: Valuation;
  /** Absent if it is a failure. */
  readonly effect?: Effect;
}

/** One step of one thread. */
export interface Transition extends Events {
  readonly move: Move;
  readonly performed: readonly Performed[];
  /** Stretches that the thread has left. */
  readonly left: readonly Mark[];
  /** The state after it; absent if the step ends in a failure. */
  readonly after?: MachineState;
  readonly failure?: Failure;
}

/** A step on its way. */
interface Draft extends Events {
  readonly thread: number;
  readonly values: Valuation;
  readonly place: Place;
  readonly branches: readonly BranchTaken[];
  readonly choices: readonly number[];
  readonly performed: readonly Performed[];
  readonly left: readonly Mark[];
}

/** A system that runs by its generators, one step at a time. */
export class Machine {
  readonly system: System;
  readonly layout: Layout;
  readonly runners: readonly ThreadRunner[];

  constructor(system: System) {
    this.system = system;
    this.layout = layoutOf(system.shared.variables);
    this.runners = system.threads.map((thread) => new ThreadRunner(thread));
  }

  /**
   * The initial state, with what happens before the first operations.
   *
   * @throws ModelError if a thread breaks the contract on the way to its first operation
   */
  initial(): {
    readonly state: MachineState;
    readonly events: Events;
    readonly waypoints: readonly WaypointPassed[];
  } {
    const arrivals = this.runners.map((runner) => runner.start());
    return {
      state: {
        values: this.system.shared.variables.map(({ initial }) => initial),
        places: arrivals.map(({ place }) => place),
        branches: arrivals.map(({ branches }) => branches),
      },
      events: {
        returns: arrivals.flatMap((arrival, thread) => returnsOf(thread, arrival)),
        passed: arrivals.flatMap(({ passed }) => passed),
      },
      waypoints: arrivals.flatMap(({ waypoints }) => waypoints),
    };
  }

  /**
   * Every step that some thread can take, by thread and then by choices.
   *
   * @throws ModelError if a step breaks the contract
   */
  successors(state: MachineState): readonly Transition[] {
    return state.places.flatMap((_, thread) => this.stepsOf(state, thread));
  }

  /** Every step that one thread can take: none if it waits or has finished. */
  stepsOf(state: MachineState, thread: number): readonly Transition[] {
    const place = state.places[thread];
    const branches = state.branches[thread];
    if (place === undefined || branches === undefined) return [];
    const { values } = state;
    const nothing = { choices: [], performed: [], left: [], returns: [], passed: [] };
    return this.complete(state, { thread, values, place, branches, ...nothing });
  }

  /** Performs the next operation of a step, and all that follow in the same atomic block. */
  private complete(from: MachineState, draft: Draft): readonly Transition[] {
    const { thread, values, place, branches, performed } = draft;
    const { operation, crash } = place;
    if (crash !== undefined) throw new ModelError(crash);
    if (operation === undefined) return [];
    if (operation.action.kind === 'failure') {
      const failed = [...performed, { place, branches, values, waypoints: [] }];
      return [{ ...outline(draft), performed: failed, failure: operation.action }];
    }
    if (performed.length >= OPERATIONS_PER_STEP_MAX) {
      throw new ContractError(
        `${locationOf(place)}: more than ${OPERATIONS_PER_STEP_MAX} operations in one atomic ` +
          'block; expected it to end',
      );
    }
    const effects = perform(operation, values, this.layout, () => locationOf(place));
    if (effects.length === 0 && performed.length > 0) {
      throw new ContractError(
        `${locationOf(place)}: ${actionText(operation)} waits in the middle of an atomic block; ` +
          'expected only its first operation to wait',
      );
    }
    return effects.flatMap((effect) => {
      const arrival = this.runner(thread).resume(place, effect.result);
      const next: Draft = {
        thread,
        values: effect.values,
        place: arrival.place,
        branches: arrival.branches,
        choices: effect.choice === undefined ? draft.choices : [...draft.choices, effect.choice],
        left: [...draft.left, ...arrival.left],
        performed: [
          ...performed,
          { place, branches, values, effect, waypoints: arrival.waypoints },
        ],
        returns: [...draft.returns, ...returnsOf(thread, arrival)],
        passed: [...draft.passed, ...arrival.passed],
      };
      return arrival.stepEnds
        ? [{ ...outline(next), after: stateAfter(from, next) }]
        : this.complete(from, next);
    });
  }

  private runner(thread: number): ThreadRunner {
    const runner = this.runners[thread];
    if (runner === undefined) throw new Error(`there is no thread ${thread}`);
    return runner;
  }
}

/** Equal for equal states of one machine. */
export function stateKey({ values, places }: MachineState): string {
  return JSON.stringify([values, places.map(({ id }) => id)]);
}

/** Names of the threads that have not finished. */
export function unfinished({ system }: Machine, state: MachineState): readonly string[] {
  return system.threads
    .filter((_, thread) => (state.places[thread]?.frames.length ?? 0) > 0)
    .map(({ name }) => name);
}

function outline({ thread, choices, performed, left, returns, passed }: Draft) {
  return { move: { thread, choices }, performed, left, returns, passed };
}

function returnsOf(thread: number, { returns }: Arrival): ThreadReturn[] {
  return returns.map((event) => ({ thread, ...event }));
}

function stateAfter(from: MachineState, { thread, values, place, branches }: Draft): MachineState {
  return {
    values,
    places: from.places.with(thread, place),
    branches: from.branches.with(thread, branches),
  };
}
