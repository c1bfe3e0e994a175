import {
  type Coverage,
  isGhostly,
  mayWait,
  meetingKey,
  passageKey,
  stepKey,
  waypointKey,
} from '../engine/coverage.ts';
import type { StepAction } from '../language/operation.ts';
import type { Machine, MachineState, Performed, Transition } from './machine.ts';
import { functionNameOf, type Place, type WaypointPassed } from './place.ts';

/** Records what a search by the generators goes through. Each state has to be shown once. */
export class CoverageRecorder {
  private readonly times = new Map<string, number>();
  private readonly meetings = new Set<string>();
  private readonly known = new Map<Place, Step | undefined>();
  /** Per place, the places that were met by another thread there. */
  private readonly met = new Map<Place, Set<Place>>();

  constructor(machine: Machine) {
    this.pass(machine.initial().waypoints);
  }

  /** Records a state and all steps out of it. */
  show(state: MachineState, steps: readonly Transition[]): void {
    let before: Transition | undefined;
    for (const step of steps) {
      const common = before === undefined ? 0 : commonLength(before, step);
      for (const one of step.performed.slice(common)) this.note(one);
      before = step;
    }
    const movers = new Set(steps.map(({ move }) => move.thread));
    state.places.forEach((place, thread) => {
      const step = this.stepAt(place);
      if (step?.action.kind !== 'access' || movers.has(thread)) return;
      if (mayWait(step.action)) this.add(passageKey(step.key, 'waits'), 1);
    });
    this.meet(state);
  }

  coverage(): Coverage {
    return { times: this.times, meetings: this.meetings };
  }

  private note({ place, effect, waypoints }: Performed): void {
    const step = this.stepAt(place);
    if (step !== undefined) {
      const outcome = effect === undefined ? 'fails' : { result: effect.result };
      this.add(passageKey(step.key, outcome), 1);
    }
    this.pass(waypoints);
  }

  private meet({ places }: MachineState): void {
    places.forEach((place, thread) => {
      for (const other of places.slice(thread + 1)) {
        const met = this.met.get(place) ?? new Set();
        this.met.set(place, met);
        if (met.has(other)) continue;
        met.add(other);
        const [one, another] = [this.stepAt(place), this.stepAt(other)];
        if (one?.meets && another?.meets) this.meetings.add(meetingKey(one.key, another.key));
      }
    });
  }

  /** What a thread is about to do; nothing if it has ended, or if only claims see it. */
  private stepAt(place: Place): Step | undefined {
    if (!this.known.has(place)) this.known.set(place, stepOf(place));
    return this.known.get(place);
  }

  private pass(waypoints: readonly WaypointPassed[]): void {
    for (const { functionName, label } of waypoints) this.add(waypointKey(functionName, label), 1);
  }

  private add(key: string, count: number): void {
    this.times.set(key, (this.times.get(key) ?? 0) + count);
  }
}

/** What a thread is about to do. */
interface Step {
  readonly key: string;
  readonly action: StepAction;
  /** It is one of those whose meetings are recorded. */
  readonly meets: boolean;
}

function stepOf({ frames, operation, crash }: Place): Step | undefined {
  if (crash !== undefined || operation === undefined) return undefined;
  const action = operation.action as StepAction;
  if (isGhostly(action)) return undefined;
  const { label } = operation;
  const key = stepKey({ functionName: functionNameOf(frames), label, action });
  return { key, action, meets: action.kind !== 'failure' && !mayWait(action) };
}

/** How many operations two steps have in common that follow each other in the order of choices. */
function commonLength(one: Transition, other: Transition): number {
  if (one.move.thread !== other.move.thread) return 0;
  let made = 0;
  for (const [i, { place }] of other.performed.entries()) {
    if (one.performed[i]?.place !== place) return i;
    if (place.operation?.action.kind !== 'choose') continue;
    if (one.move.choices[made] !== other.move.choices[made]) return i;
    made++;
  }
  return other.performed.length;
}
