import type { CompiledSystem } from '../automaton/compile.ts';
import { compile } from '../automaton/compile.ts';
import type { Coverage } from '../engine/coverage.ts';
import type { Engine, EngineOptions, Outcome, StopReason } from '../engine/engine.ts';
import { DEADLOCK } from '../language/claim.ts';
import type { LivenessClaim } from '../language/liveness-claim.ts';
import type { System } from '../language/system.ts';
import { Expander } from './expander.ts';
import { Meetings, nameTimes } from './gather-coverage.ts';
import { initialState, type Layout, layOut } from './layout.ts';
import { shortestSchedule } from './shortest-schedule.ts';
import { type Failed, StateJudge } from './state-judge.ts';
import { SLICE_COUNT, StateStore } from './state-store.ts';
import { StepJudge } from './step-judge.ts';
import { encodeThreads, type ThreadCode } from './thread-code.ts';

/** States between two looks at the limits. */
const STATES_PER_LOOK = 4096;

/** The first failure of a claim that was seen, and how many steps lead to it. */
export interface FirstFailure extends Failed {
  readonly length: number;
}

/** A system made ready for the search. */
export interface Prepared {
  readonly compiled: CompiledSystem;
  readonly layout: Layout;
  readonly code: ThreadCode;
}

/** Compiles a system and packs it; with the marks and questions of `liveness`, if given. */
export function prepare(
  system: System,
  onFunction?: (name: string) => void,
  liveness?: readonly LivenessClaim[],
): Prepared {
  const compiled = compile(system, onFunction, liveness);
  const layout = layOut(compiled);
  return { compiled, layout, code: encodeThreads(compiled, layout) };
}

/**
 * Exhaustive breadth-first search over packed states, level by level, so that the first violation
 * found is a shortest one. States are stored whole and compared whole.
 */
export const explore: Engine = (system, options) =>
  new Search(prepare(system, options.onFunction), options).run();

/** One search. Its store stays readable afterwards. */
export class Search {
  readonly store: StateStore;
  private readonly prepared: Prepared;
  private readonly options: EngineOptions;
  private readonly expander: Expander;
  private readonly stateJudge: StateJudge;
  private readonly stepJudge: StepJudge;
  private readonly failures = new Map<string, FirstFailure>();
  private readonly started = performance.now();
  private transitions = 0;
  private level = 0;
  private stopped: StopReason | undefined;

  constructor(prepared: Prepared, options: EngineOptions) {
    const { compiled, layout, code } = prepared;
    this.prepared = prepared;
    this.options = options;
    this.expander = new Expander(compiled, layout, code, false);
    this.stateJudge = new StateJudge(compiled, layout);
    this.stepJudge = new StepJudge(compiled, layout, code.happenings, this.stateJudge);
    this.store = new StateStore(layout.wordCount, (words, at) => {
      const failed = this.stateJudge.judge(words, at);
      if (failed.length > 0) this.fail(failed, this.level + 1);
    });
  }

  run(): Outcome {
    this.searchInitial();
    let frontier = this.store.states;
    while (frontier > 0 && this.stopped === undefined) {
      if (this.failures.size > 0 && !this.options.keepGoing) break;
      const before = this.store.states;
      this.expandLevel(frontier);
      this.store.endLevel();
      frontier = this.store.states - before;
      this.level++;
    }
    return this.outcome(frontier);
  }

  private searchInitial(): void {
    const { compiled, layout, code } = this.prepared;
    const { automata } = compiled;
    const initial = initialState(
      layout,
      automata.map(({ entry }) => entry),
    );
    // Level -1 leads to the initial state, so that what fails there fails after 0 steps.
    this.level = -1;
    this.store.offer(initial, 0);
    this.store.endLevel();
    const entryEvents = automata.flatMap((automaton) => automaton.entryEvents);
    const happenings = code.happenings.add(entryEvents);
    this.expander.tally(happenings);
    this.fail(this.stepJudge.judgeHappenings(happenings, initial, 0), 0);
    this.level = 0;
  }

  private expandLevel(frontier: number): void {
    const { store } = this;
    const { wordCount } = this.prepared.layout;
    const starts = store.levelStarts[this.level]!;
    const ends = store.levelStarts[this.level + 1]!;
    let expanded = 0;
    for (let slice = 0; slice < SLICE_COUNT; slice++) {
      for (let position = starts[slice]!; position < ends[slice]!; position++) {
        // The log may be moved when it grows, so it is looked up each time.
        this.expandState(store.slices[slice]!.log, position * wordCount);
        if (++expanded % STATES_PER_LOOK === 0 && this.shallStop(frontier - expanded)) return;
      }
    }
    this.shallStop(0);
  }

  private expandState(log: Int32Array, at: number): void {
    const { expander, store } = this;
    const { wordCount } = this.prepared.layout;
    const count = expander.expand(log, at);
    this.transitions += expander.transitions;
    if (expander.transitions === 0 && !expander.finished) {
      this.fail([{ claim: DEADLOCK, about: 'no thread can go on' }], this.level);
    }
    const { successors, suspects, suspectCount } = expander;
    for (let i = 0; i < suspectCount; i++) {
      const suspect = suspects[i]!;
      const to = suspect.successor * wordCount;
      const failed = this.stepJudge.judgeStep(suspect, log, at, successors, to);
      if (failed.length > 0) this.fail(failed, this.level + 1);
    }
    for (let i = 0; i < count; i++) store.offer(successors, i * wordCount);
  }

  private fail(failed: readonly Failed[], length: number): void {
    for (const { claim, about } of failed) {
      const known = this.failures.get(claim);
      if (known === undefined || known.length > length) {
        this.failures.set(claim, { claim, about, length });
      }
    }
  }

  private shallStop(frontier: number): boolean {
    const { statesMax, memoryBytesMax, durationMsMax } = this.options.limits;
    const { states, memoryBytes } = this.store;
    const { transitions, level } = this;
    const order = this.options.onProgress({
      states,
      transitions,
      depth: level,
      frontier,
      memoryBytes,
    });
    if (order === 'interrupt') this.stopped = 'interrupt';
    else if (states > (statesMax ?? Infinity)) this.stopped = 'states';
    else if (memoryBytes > (memoryBytesMax ?? Infinity)) this.stopped = 'memory';
    else if (performance.now() - this.started > (durationMsMax ?? Infinity)) this.stopped = 'time';
    return this.stopped !== undefined;
  }

  private outcome(frontier: number): Outcome {
    const { store, transitions, stopped } = this;
    const failures = [...this.failures.values()].sort((a, b) => a.length - b.length);
    const violations = failures.map((failure) => ({
      claim: failure.claim,
      because: failure.about,
      schedule: shortestSchedule(this.prepared, store, failure),
    }));
    const premises = this.stateJudge.premises();
    for (const [claim, count] of this.stepJudge.premises(this.expander.happeningTimes)) {
      premises.set(claim, (premises.get(claim) ?? 0) + count);
    }
    const exhausted = frontier === 0 && stopped === undefined;
    return {
      ...(stopped === undefined ? {} : { stopped }),
      exhausted,
      ...(exhausted ? { coverage: this.coverage() } : {}),
      states: store.states,
      transitions,
      depth: frontier === 0 ? this.level - 1 : this.level,
      premises,
      violations,
      stateBits: this.prepared.layout.bits,
      memoryBytes: store.memoryBytes,
    };
  }

  private coverage(): Coverage {
    const { compiled, layout, code } = this.prepared;
    const { passageTimes } = this.expander;
    const meetings = new Meetings(compiled, layout);
    for (const { log, count } of this.store.slices) {
      meetings.visit(log, 0, count * layout.wordCount, layout.wordCount);
    }
    const times = nameTimes(compiled, code.passages, (cell) => passageTimes[cell]!);
    return { times, meetings: meetings.found() };
  }
}
