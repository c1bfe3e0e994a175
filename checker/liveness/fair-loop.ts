import type { Components, Range } from './components.ts';
import { eachStep } from './fair-components.ts';
import { enabledIn, type Graph } from './graph.ts';
import type { Rule, Taken } from './rules.ts';

/** Bigger products of states and rules are not searched for the shortest loop. */
const PRODUCT_MAX = 1 << 22;

export interface FairLoop {
  /** By their numbers. */
  readonly steps: readonly number[];
  /** No fair loop through its first state is shorter. */
  readonly isShortest: boolean;
}

/**
 * How far a loop has come: a bit for each rule that it met, and for each that it provoked. There
 * are few where the product is small.
 */
type Progress = number;

/**
 * A loop from a state of a fair component back to it, that obeys all rules. The shortest one, found
 * breadth-first over states and what they have met so far, where that is small enough. Elsewhere it
 * goes the shortest way to the next rule that is not met yet, and in the end back: to find the
 * shortest one is NP-hard in the number of rules.
 */
export function fairLoop(
  graph: Graph,
  components: Components,
  component: Range,
  rules: readonly Rule[],
  start: number,
): FairLoop {
  const open = openRules(graph, components, component, rules);
  const loops = new LoopFinder(graph, components, component, open);
  const bits = open.length + open.filter(({ provokes }) => provokes !== undefined).length;
  const isSmall = (component.to - component.from) * 2 ** bits <= PRODUCT_MAX;
  return isSmall
    ? { steps: loops.shortest(start, 2 ** bits), isShortest: true }
    : { steps: loops.greedy(start), isShortest: false };
}

/** The rules that not every loop in the component obeys. */
function openRules(
  graph: Graph,
  components: Components,
  component: Range,
  rules: readonly Rule[],
): readonly Rule[] {
  const isOpen = rules.map(() => false);
  const provoked = rules.map(({ provokes }) => provokes === undefined);
  eachStep(graph, components, component, (taken) => {
    rules.forEach(({ meets, provokes }, i) => {
      if (!meets(taken)) isOpen[i] = true;
      if (provokes?.(taken) === true) provoked[i] = true;
    });
  });
  return rules.filter((_, i) => isOpen[i]! && provoked[i]!);
}

class LoopFinder {
  private readonly graph: Graph;
  private readonly components: Components;
  private readonly rules: readonly Rule[];
  private readonly size: number;
  /** By state of the component, its place in it. */
  private readonly places: Int32Array;
  private readonly from: number;

  constructor(graph: Graph, components: Components, { from, to }: Range, rules: readonly Rule[]) {
    this.graph = graph;
    this.components = components;
    this.rules = rules;
    this.size = to - from;
    this.from = from;
    this.places = new Int32Array(graph.states);
    for (let i = from; i < to; i++) this.places[components.order[i]!] = i - from;
  }

  /** @param progresses how many there are */
  shortest(start: number, progresses: number): readonly number[] {
    const after = (progress: Progress, taken: Taken) => this.after(progress, taken);
    return this.search(start, progresses, after, (state, progress) => {
      return state === start && this.isFair(progress);
    }).steps;
  }

  greedy(start: number): readonly number[] {
    const steps: number[] = [];
    let state = start;
    let unmet = this.rules;
    const meetsOne = (taken: Taken) => unmet.some(({ meets }) => meets(taken));
    const go = (isEnd: (state: number, hasMet: Progress) => boolean) => {
      const found = this.search(state, 1, (_, taken) => Number(meetsOne(taken)), isEnd);
      steps.push(...found.steps);
      // Before its last step it met none, or it would have ended there.
      unmet = unmet.filter(({ meets }) => !meets(found.last));
      state = found.state;
    };
    while (unmet.length > 0) go((_, hasMet) => hasMet === 1);
    if (state !== start || steps.length === 0) go((now) => now === start);
    return steps;
  }

  /**
   * The shortest way of at least one step to an end. With one progress only, states are told apart
   * and what was met on the way to them is not.
   *
   * @param after the progress that a step leads to
   */
  private search(
    start: number,
    progresses: number,
    after: (progress: Progress, taken: Taken) => Progress,
    isEnd: (state: number, progress: Progress) => boolean,
  ): { readonly steps: readonly number[]; readonly state: number; readonly last: Taken } {
    const { graph, components, places } = this;
    const { order } = components;
    const nodeOf = (state: number, progress: Progress) =>
      places[state]! * progresses + (progresses === 1 ? 0 : progress);
    const cameFrom = new Int32Array(this.size * progresses).fill(-1);
    const stepTo = new Uint32Array(this.size * progresses);
    const root = nodeOf(start, 0);
    cameFrom[root] = root;
    const queue = [root];
    for (let i = 0; i < queue.length; i++) {
      const node = queue[i]!;
      const state = order[this.from + Math.floor(node / progresses)]!;
      const enabled = enabledIn(graph, state);
      for (let step = graph.offsets[state]!; step < graph.offsets[state + 1]!; step++) {
        if (!components.isInside(step, state)) continue;
        const target = graph.targets[step]!;
        const last = { state, enabled, mover: graph.movers[step]! };
        const progress = after(node % progresses, last);
        if (isEnd(target, progress)) {
          const steps = [step];
          for (let back = node; back !== root; back = cameFrom[back]!) steps.push(stepTo[back]!);
          return { steps: steps.reverse(), state: target, last };
        }
        const next = nodeOf(target, progress);
        if (cameFrom[next] !== -1) continue;
        cameFrom[next] = node;
        stepTo[next] = step;
        queue.push(next);
      }
    }
    throw new Error('a fair component without a fair loop');
  }

  private after(progress: Progress, taken: Taken): Progress {
    let now = progress;
    let provocation = this.rules.length;
    this.rules.forEach(({ meets, provokes }, i) => {
      if (meets(taken)) now |= 1 << i;
      if (provokes === undefined) return;
      if (provokes(taken)) now |= 1 << provocation;
      provocation++;
    });
    return now;
  }

  private isFair(progress: Progress): boolean {
    let provocation = this.rules.length;
    return this.rules.every(({ provokes }, i) => {
      const isMet = ((progress >>> i) & 1) === 1;
      if (provokes === undefined) return isMet;
      const isProvoked = ((progress >>> provocation++) & 1) === 1;
      return isMet || !isProvoked;
    });
  }
}
