import type {
  Engine,
  EngineOptions,
  Loop,
  Move,
  Outcome,
  StopReason,
  Violation,
} from '../engine/engine.ts';
import type { LivenessClaim } from '../language/liveness-claim.ts';
import type { System } from '../language/system.ts';
import { Expander } from '../search/expander.ts';
import { type Prepared, prepare, Search } from '../search/explore.ts';
import { initialState } from '../search/layout.ts';
import { Components, type Range } from './components.ts';
import { fairComponents } from './fair-components.ts';
import { fairLoop } from './fair-loop.ts';
import type { Graph } from './graph.ts';
import { type Rule, recurrenceRule, rulesOf } from './rules.ts';
import { StoredStates, storedGraph } from './stored-graph.ts';
import { type Trap, trapsOf } from './traps.ts';
import { shortestWay, type Way } from './way.ts';

const STATES_PER_LOOK = 4096;
/** What the pass needs beside the stored states. */
const BYTES_PER_STATE = 33;
const BYTES_PER_STEP = 12;

/** Ends the pass early. */
class Stopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(reason);
    this.reason = reason;
  }
}

/** A way into a fair component of one trap. */
interface Escape extends Way {
  readonly trap: Trap;
  readonly rules: readonly Rule[];
}

/**
 * Judges the liveness claims of a system: a second pass over the states that a search has stored.
 * Each claim fails exactly if a fair cycle breaks it. Assertions and deadlock are judged by the
 * search on the way, the other claims are left out.
 */
export const exploreLiveness: Engine = (system, options) => new Pass(system, options).run();

class Pass {
  private readonly options: EngineOptions;
  private readonly liveness: readonly LivenessClaim[];
  private readonly prepared: Prepared;
  private readonly search: Search;
  private readonly started = performance.now();
  private looks = 0;
  private outcome!: Outcome;

  constructor(system: System, options: EngineOptions) {
    this.options = options;
    this.liveness = system.liveness ?? [];
    const claims = system.claims.filter(({ kind }) => kind === 'assertion');
    this.prepared = prepare({ ...system, claims }, options.onFunction, this.liveness);
    this.search = new Search(this.prepared, options);
  }

  run(): Outcome {
    this.outcome = this.search.run();
    if (!this.outcome.exhausted) return this.outcome;
    try {
      return this.judgeAll();
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      return { ...this.outcome, exhausted: false, stopped: error.reason };
    }
  }

  private judgeAll(): Outcome {
    const { outcome, prepared, search } = this;
    const memoryBytes = this.memoryBytes();
    if (memoryBytes > (this.options.limits.memoryBytesMax ?? Infinity)) throw new Stopped('memory');
    const states = new StoredStates(search.store, prepared.layout.wordCount);
    const graph = storedGraph(prepared, states, () => this.look());
    const components = new Components(graph);
    const premises = new Map(outcome.premises);
    const violations = this.liveness.flatMap((claim) => {
      const { premise, violation } = this.judge(claim, states, graph, components);
      premises.set(claim.id, premise);
      return violation ?? [];
    });
    return {
      ...outcome,
      memoryBytes,
      premises,
      violations: [...outcome.violations, ...violations].sort((a, b) => lengthOf(a) - lengthOf(b)),
    };
  }

  /** Judges one claim; among several lassos the one with the shortest prefix is reported. */
  private judge(
    claim: LivenessClaim,
    states: StoredStates,
    graph: Graph,
    components: Components,
  ): { readonly premise: number; readonly violation?: Violation } {
    const fairness = rulesOf(claim.fairness, this.prepared, states);
    let premise = 0;
    let best: Escape | undefined;
    for (const trap of trapsOf(claim, this.prepared, states)) {
      this.look(STATES_PER_LOOK);
      premise += trap.premise;
      if (trap.premise === 0) continue;
      const rules = [...fairness, ...(trap.recurring ? [recurrenceRule(trap.recurring)] : [])];
      const fair = close(graph, components, trap, rules);
      const way = fair.length === 0 ? undefined : shortestWay(graph, components, fair, trap);
      if (way !== undefined && (best === undefined || way.steps.length < best.steps.length)) {
        best = { ...way, trap, rules };
      }
    }
    if (best === undefined) return { premise };
    return { premise, violation: this.lasso(claim, graph, components, best) };
  }

  private lasso(
    { id }: LivenessClaim,
    graph: Graph,
    components: Components,
    { trap, rules, steps, end }: Escape,
  ): Violation {
    const fair = close(graph, components, trap, rules);
    const component = fair.find(
      ({ from }) => components.part[components.order[from]!] === components.part[end],
    );
    if (component === undefined) throw new Error('a fair component was not found again');
    const loop = fairLoop(graph, components, component, rules, end);
    const tracer = new Tracer(this.prepared, graph);
    const schedule = tracer.follow(steps);
    const moves = tracer.follow(loop.steps);
    const found: Loop = { moves, isShortest: loop.isShortest };
    return { claim: id, because: 'a fair cycle', schedule, loop: found };
  }

  private look(weight = 1): void {
    const before = this.looks;
    this.looks += weight;
    const isTime = Math.floor(before / STATES_PER_LOOK) < Math.floor(this.looks / STATES_PER_LOOK);
    if (!isTime) return;
    const { states, transitions, depth } = this.outcome;
    const memoryBytes = this.memoryBytes();
    const progress = { states, transitions, depth, frontier: 0, memoryBytes };
    if (this.options.onProgress(progress) === 'interrupt') throw new Stopped('interrupt');
    const durationMs = performance.now() - this.started;
    if (durationMs > (this.options.limits.durationMsMax ?? Infinity)) throw new Stopped('time');
  }

  private memoryBytes(): number {
    const { memoryBytes, states, transitions } = this.outcome;
    return memoryBytes + states * BYTES_PER_STATE + transitions * BYTES_PER_STEP;
  }
}

/** The fair components of a trap. */
function close(
  graph: Graph,
  components: Components,
  { region, leaving }: Trap,
  rules: readonly Rule[],
): readonly Range[] {
  const range = components.begin((state) => region[state] === 1);
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

/** Walks through the state graph from the initial state, and writes down the moves. */
class Tracer {
  private readonly expander: Expander;
  private readonly graph: Graph;
  private readonly wordCount: number;
  private state: number;
  private words: Int32Array;

  constructor(prepared: Prepared, graph: Graph) {
    const { compiled, layout, code } = prepared;
    this.expander = new Expander(compiled, layout, code, true);
    this.graph = graph;
    this.wordCount = layout.wordCount;
    this.state = graph.initial;
    const entries = compiled.automata.map(({ entry }) => entry);
    this.words = initialState(layout, entries);
  }

  follow(steps: readonly number[]): readonly Move[] {
    return steps.map((step) => {
      const i = step - this.graph.offsets[this.state]!;
      this.expander.expand(this.words, 0);
      const { movers, choices, successors } = this.expander;
      const move = { thread: movers[i]!, choices: choices[i]! };
      this.words = successors.slice(i * this.wordCount, (i + 1) * this.wordCount);
      this.state = this.graph.targets[step]!;
      return move;
    });
  }
}

function lengthOf({ schedule, loop }: Violation): number {
  return schedule.length + (loop?.moves.length ?? 0);
}
