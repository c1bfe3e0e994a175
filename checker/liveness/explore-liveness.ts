import type {
  Engine,
  EngineOptions,
  Loop,
  Move,
  Outcome,
  StopReason,
  Violation,
} from '../engine/engine.ts';
import type { Fairness, LivenessClaim } from '../language/liveness-claim.ts';
import { ContractError } from '../language/model-error.ts';
import type { System } from '../language/system.ts';
import { Expander } from '../search/expander.ts';
import type { Prepared } from '../search/explore.ts';
import { initialState } from '../search/layout.ts';
import { compiledStates } from './compiled-states.ts';
import { Components, type Range } from './components.ts';
import { fairComponents } from './fair-components.ts';
import { fairLoop } from './fair-loop.ts';
import {
  type AllSteps,
  type Arrows,
  type Cycles,
  type Explore,
  type Explored,
  type States,
  THREADS_MAX,
} from './graph.ts';
import { nodeCensus } from './node-census.ts';
import { prepareLiveness } from './prepare-liveness.ts';
import { type Rule, recurrenceRule, rulesOf } from './rules.ts';
import { interpreted } from './stored-graph.ts';
import { type Trap, trapsOf } from './traps.ts';
import { shortestWay, type Way } from './way.ts';

const STATES_PER_LOOK = 4096;
/** What is needed beside the stored states: to find those that may lie on cycles. */
const BYTES_TO_FIND = { state: 5, step: 4 };
/** Of each of these, to judge them. */
const BYTES_TO_JUDGE = { state: 41, step: 8 };
/** To find the way to one. */
const BYTES_TO_TRACE = { state: 17, step: 4 };

/** More lists of happenings do not fit the 16 bits of `Graph.happened`. */
const HAPPENINGS_MAX = 0xffff;

/** Ends the pass early. */
class Stopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(reason);
    this.reason = reason;
  }
}

/** What a claim assumes of runs, and what that alone says of a graph. */
interface Assumption {
  readonly rules: readonly Rule[];
  /** The states on cycles that obey the rules, in the order of their numbers: few, as a rule. */
  readonly core: Int32Array;
}

/** What all claims are judged on. */
interface Ground {
  /** All states, and what nodes the threads are at in them. */
  readonly all: States;
  readonly census: readonly Float64Array[];
  /** Those that may lie on cycles. */
  readonly cycles: Cycles;
  readonly components: Components;
  /** Listed when a claim is about to fail. */
  readonly allSteps: () => AllSteps;
}

/** A way into a fair component of one trap. */
interface Escape extends Way {
  readonly trap: Trap;
  readonly core: Int32Array;
  readonly rules: readonly Rule[];
}

/**
 * Judges the liveness claims of a system: a second pass over the states that a search has stored.
 * Each claim fails exactly if a fair cycle breaks it. Assertions and deadlock are judged by the
 * search on the way, the other claims are left out.
 */
export const exploreLiveness: Engine = (system, options) =>
  new Pass(system, options, interpreted).run();

/** The same on the states of the compiled search. */
export const exploreLivenessCompiled: Engine = (system, options) =>
  new Pass(system, options, compiledStates).run();

class Pass {
  private readonly options: EngineOptions;
  private readonly liveness: readonly LivenessClaim[];
  private readonly prepared: Prepared;
  private readonly explore: Explore;
  private readonly assumptions = new Map<Fairness, Assumption>();
  private readonly started = performance.now();
  private looks = 0;
  /** The most that was needed so far, beside the stored states. */
  private ownBytes = 0;
  private outcome!: Outcome;

  constructor(system: System, options: EngineOptions, explore: Explore) {
    this.options = options;
    this.explore = explore;
    this.liveness = system.liveness ?? [];
    this.prepared = prepareLiveness(system, options.onFunction);
    checkSize(this.prepared);
  }

  run(): Outcome {
    const explored = this.explore(this.prepared, this.options);
    this.outcome = explored.outcome;
    if (!this.outcome.exhausted) return this.outcome;
    try {
      return this.judgeAll(explored);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      return { ...this.outcome, exhausted: false, stopped: error.reason };
    }
  }

  private judgeAll(explored: Explored): Outcome {
    const { states, listingBytes } = explored;
    const outcome = {
      ...explored.outcome,
      memoryBytes: explored.outcome.memoryBytes + listingBytes,
    };
    this.outcome = outcome;
    this.need(outcome, BYTES_TO_FIND);
    const look = (count: number) => this.look(count);
    const cycles = explored.cycles(look);
    this.need({ states: cycles.states.count, transitions: stepsIn(cycles.graph) }, BYTES_TO_JUDGE);
    checkHappenings(this.prepared);
    let allSteps: AllSteps | undefined;
    const ground: Ground = {
      all: states,
      census: nodeCensus(this.prepared, states),
      cycles,
      components: new Components(cycles.graph),
      allSteps: () => {
        if (allSteps === undefined) this.need(outcome, BYTES_TO_TRACE);
        allSteps ??= explored.allSteps(look);
        return allSteps;
      },
    };
    const premises = new Map(outcome.premises);
    const violations = this.liveness.flatMap((claim) => {
      const { premise, violation } = this.judge(claim, ground);
      premises.set(claim.id, premise);
      return violation ?? [];
    });
    return {
      ...outcome,
      memoryBytes: this.memoryBytes,
      premises,
      violations: [...outcome.violations, ...violations].sort((a, b) => lengthOf(a) - lengthOf(b)),
    };
  }

  /** Every trap under an assumption can only close where the assumption allows a cycle at all. */
  private assume(fairness: Fairness, { cycles, components }: Ground): Assumption {
    const { states, graph } = cycles;
    let assumption = this.assumptions.get(fairness);
    if (assumption === undefined) {
      const rules = rulesOf(fairness, this.prepared, states);
      const fair = fairComponents(graph, components, components.beginWithAll(), rules);
      const core = new Int32Array(fair.reduce((sum, { from, to }) => sum + to - from, 0));
      let end = 0;
      for (const { from, to } of fair) {
        core.set(components.order.subarray(from, to), end);
        end += to - from;
      }
      assumption = { rules, core: core.sort() };
      this.assumptions.set(fairness, assumption);
    }
    return assumption;
  }

  /** Judges one claim; among several lassos the one with the shortest prefix is reported. */
  private judge(
    claim: LivenessClaim,
    ground: Ground,
  ): { readonly premise: number; readonly violation?: Violation } {
    const { all, census, cycles, components } = ground;
    const { rules: fairness, core } = this.assume(claim.fairness, ground);
    let premise = 0;
    let best: Escape | undefined;
    for (const trap of trapsOf(claim, this.prepared, all, census)) {
      this.look(STATES_PER_LOOK);
      premise += trap.premise;
      if (trap.premise === 0 || core.length === 0) continue;
      const recurring = trap.recurring?.(cycles.states);
      const rules = [...fairness, ...(recurring ? [recurrenceRule(recurring)] : [])];
      const fair = close(cycles, components, core, trap, rules);
      if (fair.length === 0) continue;
      const goals = numbersOf(fair, components, cycles);
      const way = shortestWay(ground.allSteps(), all, goals, trap);
      if (way !== undefined && (best === undefined || way.steps.length < best.steps.length)) {
        best = { ...way, trap, core, rules };
      }
    }
    if (best === undefined) return { premise };
    return { premise, violation: this.lasso(claim, ground, best) };
  }

  private lasso(
    { id }: LivenessClaim,
    { cycles, components, allSteps }: Ground,
    { trap, core, rules, steps, end }: Escape,
  ): Violation {
    const start = cycles.numbers.indexOf(end);
    const fair = close(cycles, components, core, trap, rules);
    const component = fair.find(
      ({ from }) => components.part[components.order[from]!] === components.part[start],
    );
    if (component === undefined) throw new Error('a fair component was not found again');
    const loop = fairLoop(cycles.graph, components, component, rules, start);
    const tracer = new Tracer(this.prepared);
    const whole = allSteps();
    const schedule = tracer.follow(whole, whole.initial, steps);
    const moves = tracer.follow(cycles.graph, start, loop.steps);
    const found: Loop = { moves, isShortest: loop.isShortest };
    return { claim: id, because: 'a fair cycle', schedule, loop: found };
  }

  private look(weight: number): void {
    const before = this.looks;
    this.looks += weight;
    const isTime = Math.floor(before / STATES_PER_LOOK) < Math.floor(this.looks / STATES_PER_LOOK);
    if (!isTime) return;
    const { states, transitions, depth } = this.outcome;
    const { memoryBytes } = this;
    const progress = { states, transitions, depth, frontier: 0, memoryBytes };
    if (this.options.onProgress(progress) === 'interrupt') throw new Stopped('interrupt');
    const durationMs = performance.now() - this.started;
    if (durationMs > (this.options.limits.durationMsMax ?? Infinity)) throw new Stopped('time');
  }

  private get memoryBytes(): number {
    return this.outcome.memoryBytes + this.ownBytes;
  }

  /** Is called before this much is needed for a while. */
  private need(
    { states, transitions }: Pick<Outcome, 'states' | 'transitions'>,
    { state, step }: { readonly state: number; readonly step: number },
  ): void {
    this.ownBytes = Math.max(this.ownBytes, states * state + transitions * step);
    const isEnough = this.memoryBytes <= (this.options.limits.memoryBytesMax ?? Infinity);
    if (!isEnough) throw new Stopped('memory');
  }
}

/** The fair components of a trap. */
function close(
  { graph, states }: Cycles,
  components: Components,
  core: Int32Array,
  { region, leaving }: Trap,
  rules: readonly Rule[],
): readonly Range[] {
  const inRegion = region(states);
  const range = components.begin(core, (state) => inRegion[state] === 1);
  if (leaving !== undefined) {
    const { offsets, movers, happened } = graph;
    for (let i = range.from; i < range.to; i++) {
      const state = components.order[i]!;
      for (let step = offsets[state]!; step < offsets[state + 1]!; step++) {
        const leaves = leaving.lists[happened[step]!] === 1 && movers[step] === leaving.thread;
        if (leaves) components.gone[step] = 1;
      }
    }
  }
  return fairComponents(graph, components, range, rules);
}

/** The numbers, among all states, of those in components. */
function* numbersOf(
  ranges: readonly Range[],
  { order }: Components,
  { numbers }: Cycles,
): Iterable<number> {
  for (const { from, to } of ranges) {
    for (let i = from; i < to; i++) yield numbers[order[i]!]!;
  }
}

/** Walks through the state graph from the initial state, and writes down the moves. */
class Tracer {
  private readonly expander: Expander;
  private readonly wordCount: number;
  private words: Int32Array;

  constructor(prepared: Prepared) {
    const { compiled, layout, code } = prepared;
    this.expander = new Expander(compiled, layout, code, true);
    this.wordCount = layout.wordCount;
    const entries = compiled.automata.map(({ entry }) => entry);
    this.words = initialState(layout, entries);
  }

  /** Takes steps one after the other, the first of them from a state that has this number. */
  follow({ offsets, targets }: Arrows, from: number, steps: readonly number[]): readonly Move[] {
    let state = from;
    return steps.map((step) => {
      const i = step - offsets[state]!;
      this.expander.expand(this.words, 0);
      const { movers, choices, successors } = this.expander;
      const move = { thread: movers[i]!, choices: choices[i]! };
      this.words = successors.slice(i * this.wordCount, (i + 1) * this.wordCount);
      state = targets[step]!;
      return move;
    });
  }
}

function stepsIn({ states, offsets }: Arrows): number {
  return offsets[states]!;
}

function checkSize({ compiled }: Prepared): void {
  const threads = compiled.automata.length;
  if (threads <= THREADS_MAX) return;
  throw new ContractError(
    `liveness of ${threads} threads; expected at most ${THREADS_MAX}, or --no-liveness`,
  );
}

/** Lists are joined while steps are taken, so this is known only then. */
function checkHappenings({ code }: Prepared): void {
  const { length } = code.happenings.lists;
  if (length <= HAPPENINGS_MAX) return;
  throw new ContractError(
    `${length} kinds of steps that claims tell apart; ` +
      `expected at most ${HAPPENINGS_MAX}, or --no-liveness`,
  );
}

function lengthOf({ schedule, loop }: Violation): number {
  return schedule.length + (loop?.moves.length ?? 0);
}
