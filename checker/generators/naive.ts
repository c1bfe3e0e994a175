import type {
  Engine,
  EngineOptions,
  Move,
  Outcome,
  StopReason,
  Violation,
} from '../engine/engine.ts';
import { DEADLOCK } from '../language/claim.ts';
import type { System } from '../language/system.ts';
import { CoverageRecorder } from './coverage-recorder.ts';
import { type Finding, judgeEvents, judgeState, judgeTransition } from './judge.ts';
import { Machine, type MachineState, stateKey, unfinished } from './machine.ts';
import { deadlockOf } from './wording.ts';

/** States between two looks at the clock and two reports of progress. */
const STATES_PER_REPORT = 2_000;

/** A state that was reached, and how. */
interface Reached {
  readonly state: MachineState;
  readonly move?: Move;
  readonly from?: Reached;
}

/**
 * The reference engine: breadth-first, with the generators themselves. It keeps thread histories
 * apart that the automaton merges, so it counts more states. Its schedules are shortest, but not
 * among the shortest those with the fewest switches; `memoryBytesMax` is ignored.
 */
export const naive: Engine = (system, options) => new NaiveSearch(system, options).run();

class NaiveSearch {
  private readonly machine: Machine;
  private readonly options: EngineOptions;
  private readonly startedAt = performance.now();
  private readonly reached = new Map<string, Reached>();
  private readonly violations = new Map<string, Violation>();
  private readonly premises: Map<string, number>;
  private readonly recorder: CoverageRecorder;
  private frontier: Reached[] = [];
  private next: Reached[] = [];
  private transitions = 0;
  private expanded = 0;
  private depth = 0;
  private stopped: StopReason | undefined;

  constructor(system: System, options: EngineOptions) {
    this.machine = new Machine(system);
    this.options = options;
    this.recorder = new CoverageRecorder(this.machine);
    this.premises = new Map(system.claims.map(({ id }) => [id, 0]));
  }

  run(): Outcome {
    const { state, events } = this.machine.initial();
    const initial: Reached = { state };
    this.reached.set(stateKey(state), initial);
    this.next = [initial];
    this.note(judgeEvents(this.machine, state, events), initial);
    this.note(judgeState(this.machine, state), initial);

    while (this.next.length > 0 && this.stopped === undefined && this.goesOn()) {
      this.frontier = this.next;
      this.next = [];
      this.expandLevel();
      if (this.next.length > 0) this.depth++;
    }
    return this.outcome();
  }

  private goesOn(): boolean {
    return this.options.keepGoing || this.violations.size === 0;
  }

  private expandLevel(): void {
    for (const from of this.frontier) {
      this.expand(from);
      if (++this.expanded % STATES_PER_REPORT === 0) this.report();
      if (this.stopped !== undefined) return;
    }
  }

  private expand(from: Reached): void {
    const steps = this.machine.successors(from.state);
    this.recorder.show(from.state, steps);
    const waiting = steps.length > 0 ? [] : unfinished(this.machine, from.state);
    if (waiting.length > 0) {
      this.note([{ claim: DEADLOCK, premises: 0, because: deadlockOf(waiting) }], from);
    }
    for (const step of steps) {
      this.transitions++;
      const { move, after } = step;
      // Where the step fails there is no state after it; the schedule is all that is needed.
      const to: Reached = { state: after ?? from.state, move, from };
      this.note(judgeTransition(this.machine, from.state, step), to);
      if (after !== undefined) this.visit(to);
      if (this.stopped !== undefined) return;
    }
  }

  private visit(to: Reached): void {
    const key = stateKey(to.state);
    if (this.reached.has(key)) return;
    if (this.reached.size >= (this.options.limits.statesMax ?? Number.POSITIVE_INFINITY)) {
      this.stopped = 'states';
      return;
    }
    this.reached.set(key, to);
    this.next.push(to);
    this.note(judgeState(this.machine, to.state), to);
  }

  private note(findings: readonly Finding[], at: Reached): void {
    for (const { claim, premises, because } of findings) {
      this.premises.set(claim, (this.premises.get(claim) ?? 0) + premises);
      if (because === undefined || this.violations.has(claim)) continue;
      this.violations.set(claim, { claim, because, schedule: scheduleTo(at) });
    }
  }

  private report(): void {
    const { limits, onProgress } = this.options;
    const answer = onProgress({
      states: this.reached.size,
      transitions: this.transitions,
      depth: this.depth,
      frontier: this.next.length,
      memoryBytes: 0,
    });
    if (answer === 'interrupt') this.stopped = 'interrupt';
    const duration = performance.now() - this.startedAt;
    if (duration > (limits.durationMsMax ?? Number.POSITIVE_INFINITY)) this.stopped = 'time';
  }

  private outcome(): Outcome {
    const exhausted = this.stopped === undefined && this.next.length === 0;
    const outcome = {
      exhausted,
      ...(exhausted ? { coverage: this.recorder.coverage() } : {}),
      states: this.reached.size,
      transitions: this.transitions,
      depth: this.depth,
      premises: this.premises,
      violations: [...this.violations.values()].sort(
        (a, b) => a.schedule.length - b.schedule.length,
      ),
      stateBits: 0,
      memoryBytes: 0,
    };
    return this.stopped === undefined ? outcome : { ...outcome, stopped: this.stopped };
  }
}

function scheduleTo(at: Reached): readonly Move[] {
  const moves: Move[] = [];
  for (let point: Reached | undefined = at; point?.move !== undefined; point = point.from) {
    moves.push(point.move);
  }
  return moves.reverse();
}
