import { ContractError } from '../language/model-error.ts';
import type { Thread } from '../language/system.ts';
import { freezeAndKey } from '../language/value.ts';
import { rebuild } from './live-frame.ts';
import type { Arrival, Frame, Place } from './place.ts';
import { ThreadRun } from './thread-run.ts';

/**
 * Runs one thread from place to place. Generators cannot be copied, so each time they are made anew
 * and replayed. Places are interned, and where a place leads is remembered: it depends on nothing
 * but the result.
 */
export class ThreadRunner {
  private readonly thread: Thread;
  private readonly places = new Map<string, Place>();
  private readonly arrivals = new Map<string, Arrival>();

  constructor(thread: Thread) {
    this.thread = thread;
  }

  /**
   * Runs the thread up to its first operation.
   *
   * @throws ModelError if the program breaks the contract on the way
   */
  start(): Arrival {
    const { program, args } = this.thread;
    return this.arrive(ThreadRun.fresh(program, args));
  }

  /**
   * Runs the thread on from `place`, whose operation results in `result`.
   *
   * @throws ModelError if the program breaks the contract on the way
   */
  resume(place: Place, result: unknown): Arrival {
    const key = `${place.id} ${freezeAndKey(result, 'a result')}`;
    let arrival = this.arrivals.get(key);
    if (arrival === undefined) {
      const run = ThreadRun.at(place, rebuild(place));
      run.perform(place.operation, result);
      arrival = this.arrive(run);
      this.arrivals.set(key, arrival);
    }
    return arrival;
  }

  private arrive(run: ThreadRun): Arrival {
    const frames = run.frames();
    const surroundings = run.surroundings();
    const key = `${frames.map(frameKey).join(';')} ${surroundingsKey(surroundings)}`;
    let place = this.places.get(key);
    if (place === undefined) {
      place = { id: this.places.size, frames, ...surroundings };
      this.places.set(key, place);
    }
    if (place.frames.length === 0 && place.held.length > 0) {
      throw new ContractError(
        `${this.thread.name} finishes while it holds ${place.held.join(', ')}`,
      );
    }
    const { returns, passed, branches, left, waypoints, stepEnds } = run;
    return { place, returns, passed, branches, left, waypoints, stepEnds };
  }
}

/** Equal for frames that will do the same. Calls are told apart by the history below them. */
function frameKey(frame: Frame): string {
  const start =
    frame.kind === 'loop'
      ? freezeAndKey(frame.state, 'the state of a loop')
      : frame.callee.identity;
  const results = frame.history.map(({ result }) => freezeAndKey(result, 'a result'));
  return `${start} ${results.join(',')}`;
}

// A loop or a function may come to the same point with other locks or marks.
function surroundingsKey({ marks, atomicDepth, held }: Omit<Place, 'id' | 'frames'>): string {
  const inside = marks.map(({ mark, data }) => `${mark} ${freezeAndKey(data, mark)}`);
  return `${inside.join()};${atomicDepth};${held.join()}`;
}
