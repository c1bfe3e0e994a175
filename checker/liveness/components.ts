import { type Arrows, NOWHERE } from './graph.ts';

/** In `Components.part`: the state is in no set that is looked at. */
const OUTSIDE = 0x7fffffff;

/** States of one set: `order[from]` up to `order[to]`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts sets of states into strongly connected components, again and again: D. J. Pearce, "A
 * space-efficient algorithm for finding strongly connected components", 2016, after R. Tarjan,
 * "Depth-first search and linear graph algorithms", 1972, without recursion. 21 bytes for a state
 * and one for a step.
 */
export class Components {
  /** Permuted so that each set is a range. */
  readonly order: Int32Array;
  /** By state, the number of its set; two states are in one set exactly if these are equal. */
  readonly part: Int32Array;
  /** By step, 1 if it is not to be taken. */
  readonly gone: Uint8Array;
  private readonly graph: Arrows;
  private readonly sorted: Int32Array;
  /** Open states from the front, closed ones that have no component yet from the back. */
  private readonly stack: Int32Array;
  /** By depth: the next step of the open state, and whether it is the root so far. */
  private readonly cursors: Uint32Array;
  private readonly isRoot: Uint8Array;
  /** The next number of a set; greater than any number that an open state can have. */
  private nextPart = OUTSIDE - 1;

  constructor(graph: Arrows) {
    const { states } = graph;
    this.graph = graph;
    this.order = new Int32Array(states);
    this.part = new Int32Array(states);
    this.gone = new Uint8Array(graph.offsets[states]!);
    this.sorted = new Int32Array(states);
    this.stack = new Int32Array(states);
    this.cursors = new Uint32Array(states);
    this.isRoot = new Uint8Array(states);
  }

  /** Forgets all sets, and begins with that of all states. */
  beginWithAll(): Range {
    this.forget();
    for (let state = 0; state < this.part.length; state++) this.order[state] = state;
    return { from: 0, to: this.part.length };
  }

  /** Forgets all sets, and begins with those of some states that `isIn` picks. */
  begin(among: Int32Array, isIn: (state: number) => boolean): Range {
    this.forget();
    let to = 0;
    for (const state of among) if (isIn(state)) this.order[to++] = state;
    return { from: 0, to };
  }

  private forget(): void {
    this.gone.fill(0);
    this.part.fill(OUTSIDE);
    this.nextPart = OUTSIDE - 1;
  }

  /** Takes a state out of its set. */
  drop(state: number): void {
    this.part[state] = OUTSIDE;
  }

  /** Whether a step stays in the set of the state that it begins in. */
  isInside(step: number, state: number): boolean {
    const target = this.graph.targets[step]!;
    return target !== NOWHERE && this.gone[step] === 0 && this.part[target] === this.part[state];
  }

  /**
   * Cuts a set into its components, and reorders its range.
   *
   * @returns those that have a cycle, in an order that depends on nothing but the graph and the set
   */
  decompose({ from, to }: Range): Range[] {
    const { order, part, sorted } = this;
    for (let i = from; i < to; i++) part[order[i]!] = 0;
    const found: Range[] = [];
    this.index = 1;
    this.closed = this.stack.length;
    this.end = from;
    for (let i = from; i < to; i++) if (part[order[i]!] === 0) this.visit(order[i]!, found);
    order.set(sorted.subarray(from, to), from);
    return found;
  }

  /** The number that the next state gets that is opened. */
  private index = 1;
  /** Where on the stack the closed states begin. */
  private closed = 0;
  /** Where in `sorted` the next component is put. */
  private end = 0;

  private visit(root: number, found: Range[]): void {
    const { stack, cursors, part, isRoot } = this;
    const { offsets, targets } = this.graph;
    let depth = 0;
    this.open(root, 0);
    while (depth >= 0) {
      const state = stack[depth]!;
      const step = cursors[depth]!;
      if (step < offsets[state + 1]!) {
        cursors[depth] = step + 1;
        const target = targets[step]!;
        if (target === NOWHERE || this.gone[step] === 1) continue;
        if (part[target] === 0) this.open(target, ++depth);
        else this.lower(state, depth, target);
        continue;
      }
      if (isRoot[depth] === 1) this.close(state, found);
      else stack[--this.closed] = state;
      depth--;
      if (depth >= 0) this.lower(stack[depth]!, depth, state);
    }
  }

  private open(state: number, depth: number): void {
    this.stack[depth] = state;
    this.cursors[depth] = this.graph.offsets[state]!;
    this.isRoot[depth] = 1;
    this.part[state] = this.index++;
  }

  /** States of finished components and outside have greater numbers than any open one. */
  private lower(state: number, depth: number, target: number): void {
    const { part } = this;
    if (part[target]! >= part[state]!) return;
    part[state] = part[target]!;
    this.isRoot[depth] = 0;
  }

  /** Makes a component of a root and what was closed above it; found if it has a cycle. */
  private close(root: number, found: Range[]): void {
    const { part, sorted, stack } = this;
    const from = this.end;
    const lowest = part[root]!;
    const number = this.nextPart--;
    while (this.closed < stack.length && part[stack[this.closed]!]! >= lowest) {
      const state = stack[this.closed++]!;
      part[state] = number;
      sorted[this.end++] = state;
    }
    part[root] = number;
    sorted[this.end++] = root;
    this.index -= this.end - from;
    if (this.end - from > 1 || this.hasLoop(root)) found.push({ from, to: this.end });
  }

  private hasLoop(state: number): boolean {
    const { offsets, targets } = this.graph;
    for (let step = offsets[state]!; step < offsets[state + 1]!; step++) {
      if (targets[step] === state && this.gone[step] === 0) return true;
    }
    return false;
  }
}
