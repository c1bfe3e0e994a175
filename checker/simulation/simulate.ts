import seedrandom, { type PRNG } from 'seedrandom';
import type {
  Engine,
  EngineOptions,
  Move,
  Outcome,
  StopReason,
  Violation,
} from '../engine/engine.ts';
import { DEADLOCK } from '../language/claim.ts';
import { Expander } from '../search/expander.ts';
import { type Prepared, prepare } from '../search/explore.ts';
import { initialState } from '../search/layout.ts';
import { type Failed, StateJudge } from '../search/state-judge.ts';
import { StepJudge } from '../search/step-judge.ts';
import { below, pctScheduler, randomScheduler, type Scheduler } from './scheduler.ts';

/** Who decides which thread moves; see `scheduler.ts`. */
export const SCHEDULER_NAMES = ['pct', 'random'] as const;
export type SchedulerName = (typeof SCHEDULER_NAMES)[number];

/** Which walks to take through a space that is too big to search. */
export interface SimulationOptions {
  readonly scheduler: SchedulerName;
  /** Decides everything that is left to chance. */
  readonly seed: string;
  readonly walks: number;
  /** A walk of so many steps is cut. */
  readonly stepsMax: number;
  /** Of `pct`: how often in a walk a thread loses its priority. */
  readonly changePoints: number;
}

/** Steps between two looks at the limits. */
const STEPS_PER_LOOK = 4096;

/**
 * Walks through a system by chance: from the initial state on, one step after the other, until all
 * threads have finished. Every step that could be next is judged, and one is taken. Whatever is
 * found is a violation; that nothing is found proves nothing, so the outcome is never exhaustive.
 * Its states are counted as often as a walk comes to them.
 */
export function simulation(options: SimulationOptions): Engine {
  return (system, engineOptions) =>
    new Simulation(prepare(system, engineOptions.onFunction), engineOptions, options).run();
}

class Simulation {
  private readonly prepared: Prepared;
  private readonly options: EngineOptions;
  private readonly simulation: SimulationOptions;
  private readonly random: PRNG;
  private readonly scheduler: Scheduler;
  private readonly expander: Expander;
  private readonly stateJudge: StateJudge;
  private readonly stepJudge: StepJudge;
  private readonly violations = new Map<string, Violation>();
  private readonly started = performance.now();
  private stopped: StopReason | undefined;
  private walks = 0;
  private cut = 0;
  private states = 0;
  private transitions = 0;
  private longest = 0;

  constructor(prepared: Prepared, options: EngineOptions, simulation: SimulationOptions) {
    const { compiled, layout, code } = prepared;
    const { seed, scheduler, changePoints } = simulation;
    this.prepared = prepared;
    this.options = options;
    this.simulation = simulation;
    this.random = seedrandom(seed);
    this.scheduler =
      scheduler === 'random'
        ? randomScheduler(this.random)
        : pctScheduler(this.random, compiled.automata.length, changePoints);
    this.expander = new Expander(compiled, layout, code, true);
    this.stateJudge = new StateJudge(compiled, layout);
    this.stepJudge = new StepJudge(compiled, layout, code.happenings, this.stateJudge);
  }

  run(): Outcome {
    const initial = this.judgeInitial();
    while (this.walks < this.simulation.walks && this.goesOn()) this.walk(initial);
    this.look();
    const premises = this.stateJudge.premises();
    for (const [claim, count] of this.stepJudge.premises(this.expander.happeningTimes)) {
      premises.set(claim, (premises.get(claim) ?? 0) + count);
    }
    const violations = [...this.violations.values()];
    violations.sort((a, b) => a.schedule.length - b.schedule.length);
    const { stopped, states, transitions, walks: taken, cut } = this;
    return {
      ...(stopped === undefined ? {} : { stopped }),
      exhausted: false,
      states,
      transitions,
      depth: this.longest,
      premises,
      violations,
      stateBits: this.prepared.layout.bits,
      memoryBytes: 0,
      walks: { taken, cut },
    };
  }

  private judgeInitial(): Int32Array {
    const { compiled, layout, code } = this.prepared;
    const { automata } = compiled;
    const entries = automata.map(({ entry }) => entry);
    const initial = initialState(layout, entries);
    const happenings = code.happenings.add(automata.flatMap(({ entryEvents }) => entryEvents));
    this.expander.tally(happenings);
    this.fail(this.stepJudge.judgeHappenings(happenings, initial, 0), []);
    this.fail(this.stateJudge.judge(initial, 0), []);
    return initial;
  }

  private walk(initial: Int32Array): void {
    const { scheduler, simulation, prepared } = this;
    const { wordCount } = prepared.layout;
    const state = initial.slice();
    const path: Move[] = [];
    // Where the thread that moved last has been since it began to move.
    const been = new Set<string>();
    scheduler.begin(Math.max(1, this.longest));
    this.walks++;
    while (this.goesOn()) {
      const count = this.expand(state, path);
      if (count === 0) break;
      if (path.length >= simulation.stepsMax) {
        this.cut++;
        break;
      }
      const { movers, choices, successors } = this.expander;
      const movable = movers.subarray(0, count);
      const thread = scheduler.pick([...new Set(movable)]);
      const first = movable.indexOf(thread);
      const options = movable.lastIndexOf(thread) - first + 1;
      const taken = first + (options === 1 ? 0 : below(this.random, options));
      if (path.at(-1)?.thread !== thread) been.clear();
      been.add(state.join());
      path.push({ thread, choices: choices[taken]! });
      state.set(successors.subarray(taken * wordCount, (taken + 1) * wordCount));
      if (been.has(state.join())) {
        scheduler.spins(thread);
        been.clear();
      }
    }
    this.longest = Math.max(this.longest, path.length);
  }

  /** Judges every step that could be next. Results in how many lead on. */
  private expand(state: Int32Array, path: readonly Move[]): number {
    const { expander } = this;
    const { wordCount } = this.prepared.layout;
    const count = expander.expand(state, 0);
    const { successors, suspects, suspectCount, movers, choices } = expander;
    this.transitions += expander.transitions;
    if (++this.states % STEPS_PER_LOOK === 0) this.look();
    if (expander.transitions === 0 && !expander.finished) {
      this.fail([{ claim: DEADLOCK, about: 'no thread can go on' }], path);
    }
    for (let i = 0; i < suspectCount; i++) {
      const suspect = suspects[i]!;
      const { successor, failure, thread } = suspect;
      const failed = this.stepJudge.judgeStep(suspect, state, 0, successors, successor * wordCount);
      const chosen = failure === undefined ? choices[successor]! : suspect.choices;
      if (failed.length > 0) this.fail(failed, [...path, { thread, choices: chosen }]);
    }
    for (let i = 0; i < count; i++) {
      const failed = this.stateJudge.judge(successors, i * wordCount);
      if (failed.length === 0) continue;
      this.fail(failed, [...path, { thread: movers[i]!, choices: choices[i]! }]);
    }
    return count;
  }

  private fail(failed: readonly Failed[], schedule: readonly Move[]): void {
    for (const { claim, about } of failed) {
      const known = this.violations.get(claim);
      if (known !== undefined && known.schedule.length <= schedule.length) continue;
      this.violations.set(claim, { claim, because: about, schedule });
    }
  }

  private goesOn(): boolean {
    if (this.stopped !== undefined) return false;
    return this.violations.size === 0 || this.options.keepGoing;
  }

  private look(): void {
    const { statesMax, durationMsMax } = this.options.limits;
    const { states, transitions, longest } = this;
    const progress = { states, transitions, depth: longest, frontier: 0, memoryBytes: 0 };
    if (this.options.onProgress(progress) === 'interrupt') this.stopped = 'interrupt';
    else if (states > (statesMax ?? Infinity)) this.stopped = 'states';
    else if (performance.now() - this.started > (durationMsMax ?? Infinity)) this.stopped = 'time';
  }
}
