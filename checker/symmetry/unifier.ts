import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import type { Renaming } from './renaming.ts';
import type { Step } from './steps.ts';

/** What a renaming is guessed from. */
export interface Outline {
  readonly threadNames: readonly string[];
  readonly variables: readonly Variable<Scalar>[];
  readonly steps: readonly (readonly Step[])[];
  readonly entries: readonly number[];
  readonly visibleCounts: readonly number[];
  /** The variables that claims look at. */
  readonly judged: ReadonlySet<Variable<Scalar>>;
}

/** Where a part of the renaming comes from, for people. */
type Reason = () => string;

/** Two steps whose variables or edges still have to be paired. */
interface Open {
  readonly thread: number;
  readonly left: Step;
  readonly right: Step;
  readonly pairs: Map<number, number>;
}

const UNKNOWN = -1;

/**
 * A renaming that swaps two threads, as far as it is known. What is known forces more: a variable
 * its initial value, a step its variables, a value what a step makes of it, a result where it
 * leads. A swap undoes itself, so everything is known in both directions.
 */
export class Unifier {
  /** Why there is no such renaming. */
  conflict: string | undefined;
  readonly threads: readonly number[];
  readonly variables: number[];
  readonly values: number[][];
  readonly nodes: number[][];
  readonly open: Open[] = [];
  /** How much was paired. */
  work = 0;
  private readonly outline: Outline;
  /** Values go first: what they disagree on says more than the steps behind. */
  private readonly pendingValues: (() => void)[] = [];
  private readonly pendingSteps: (() => void)[] = [];
  /** By variable, what has to happen when one of its values becomes known. */
  private readonly listeners: ((value: number) => void)[][];
  private readonly variableReasons: Reason[] = [];
  private readonly valueReasons: Reason[][];

  constructor(outline: Outline, a: number, b: number) {
    const { variables, steps, entries } = outline;
    this.outline = outline;
    this.threads = steps.map((_, thread) => (thread === a ? b : thread === b ? a : thread));
    this.variables = variables.map(() => UNKNOWN);
    this.values = variables.map(({ domain }) => domain.map(() => UNKNOWN));
    this.nodes = steps.map((nodes) => nodes.map(() => UNKNOWN));
    this.listeners = variables.map(() => []);
    this.valueReasons = variables.map(() => []);
    entries.forEach((entry, thread) => {
      // Walking one of the two is enough.
      if (thread !== b) this.pairNodes(thread, entry, entries[this.threads[thread]!]!);
    });
  }

  /** Draws all conclusions from what is known. */
  settle(): void {
    while (this.conflict === undefined) {
      const act = this.pendingValues.pop() ?? this.pendingSteps.pop();
      if (act === undefined) return;
      act();
    }
  }

  pairVariables(x: number, y: number, reason: Reason): void {
    const known = this.variables[x]!;
    if (known === y) return;
    const { variables } = this.outline;
    const rival = known === UNKNOWN ? this.variables[y]! : known;
    if (rival !== UNKNOWN) {
      const [from, to] = known === UNKNOWN ? [y, x] : [x, y];
      const first = this.variableReasons[from]!();
      const names = [from, rival, to].map((variable) => variables[variable]!.name);
      this.fail(`${names[0]} becomes ${names[1]} (${first}) and ${names[2]} (${reason()})`);
      return;
    }
    const [one, other] = [variables[x]!, variables[y]!];
    if (one.domain.length !== other.domain.length) {
      this.fail(`${one.name} and ${other.name} differ in their domains (${reason()})`);
      return;
    }
    this.variables[x] = y;
    this.variables[y] = x;
    this.variableReasons[x] = this.variableReasons[y] = reason;
    this.pairValues(x, one.initial, other.initial, () => 'initial value');
  }

  /** Value `v` of `x` becomes value `w` of the variable that `x` becomes. */
  pairValues(x: number, v: number, w: number, reason: Reason): void {
    const y = this.variables[x]!;
    const known = this.values[x]![v]!;
    if (known === w) return;
    const rival = known === UNKNOWN ? this.values[y]![w]! : known;
    if (rival !== UNKNOWN) {
      const [from, value, to] = known === UNKNOWN ? [y, w, v] : [x, v, w];
      const image = this.outline.variables[this.variables[from]!]!;
      const { name, domain } = this.outline.variables[from]!;
      const first = this.valueReasons[from]![value]!();
      this.fail(
        `${domain[value]} of ${name} becomes ${image.domain[rival]} (${first}) ` +
          `and ${image.domain[to]} (${reason()})`,
      );
      return;
    }
    this.work++;
    this.values[x]![v] = w;
    this.values[y]![w] = v;
    this.valueReasons[x]![v] = this.valueReasons[y]![w] = reason;
    for (const listener of this.listeners[x]!) this.pendingValues.push(() => listener(v));
    if (x === y && v === w) return;
    for (const listener of this.listeners[y]!) this.pendingValues.push(() => listener(w));
  }

  pairNodes(thread: number, left: number, right: number): void {
    const image = this.threads[thread]!;
    const [forth, back] = [this.nodes[thread]!, this.nodes[image]!];
    if (forth[left] === right) return;
    const reason = this.reasonAt(thread, left, right);
    if (forth[left] !== UNKNOWN || back[right] !== UNKNOWN) {
      this.fail(`${reason()}: one of these steps has another counterpart`);
      return;
    }
    const isVisible = (owner: number, node: number) => node < this.outline.visibleCounts[owner]!;
    if (isVisible(thread, left) !== isVisible(image, right)) {
      this.fail(`${reason()}: only one is inside an atomic block`);
      return;
    }
    forth[left] = right;
    back[right] = left;
    this.pendingSteps.push(() => this.pairSteps(thread, left, right));
  }

  /** The variables that `x` may still become; itself first. */
  candidatesFor(x: number, { right }: Open): readonly number[] {
    const free = [...right.tables.keys()].filter((y) => this.variables[y] === UNKNOWN);
    return free.includes(x) ? [x, ...free.filter((y) => y !== x)] : free;
  }

  /** The variables that `x`, which no step looks at, may become; itself first. */
  likenessesOf(x: number): readonly number[] {
    const { variables, judged } = this.outline;
    const { domain, initial } = variables[x]!;
    if (!judged.has(variables[x]!)) return [x];
    const free = variables.flatMap((other, y) =>
      y !== x &&
      this.variables[y] === UNKNOWN &&
      other.domain.length === domain.length &&
      other.initial === initial
        ? [y]
        : [],
    );
    return [x, ...free];
  }

  /** The values that value `v` of `x` may still become; the one of the same number first. */
  freeValuesFor(x: number, v: number): readonly number[] {
    const back = this.values[this.variables[x]!]!;
    const first = back[v] === UNKNOWN ? v : back.indexOf(UNKNOWN);
    const matters =
      this.listeners[x]!.length > 0 || this.outline.judged.has(this.outline.variables[x]!);
    if (!matters) return [first];
    return [first, ...back.flatMap((w, i) => (w === UNKNOWN && i !== first ? [i] : []))];
  }

  /** The edges of the right step that edge `edge` of the left one may become; likely ones first. */
  candidatesForEdge(edge: number, { thread, left, right, pairs }: Open): readonly number[] {
    const taken = new Set(pairs.values());
    const image = this.threads[thread]!;
    const { target } = left.edges[edge]!;
    const known = this.nodes[thread]![target]!;
    const { steps } = this.outline;
    const fits = (to: number) =>
      known === UNKNOWN
        ? this.nodes[image]![to] === UNKNOWN &&
          steps[image]![to]!.kind === steps[thread]![target]!.kind
        : to === known;
    const likely = (other: number) => left.options[edge] === right.options[other];
    const free = right.edges.flatMap(({ target: to }, i) => (!taken.has(i) && fits(to) ? [i] : []));
    return [...free.filter(likely), ...free.filter((other) => !likely(other))];
  }

  /** Registers what steps do with variables that are known by now. */
  joinTables({ thread, left, right }: Open): void {
    const reason = this.reasonOf(thread, left, right);
    for (const [x, table] of left.tables) {
      const image = right.tables.get(this.variables[x]!);
      if (image === undefined) {
        this.fail(`${reason()}: their variables are no counterparts`);
        return;
      }
      if (left.kind.startsWith('update') || left.kind.startsWith('access')) {
        this.listen(thread, x, { left, right, table, image });
      }
    }
  }

  fail(conflict: string): void {
    this.conflict ??= conflict;
  }

  private pairSteps(thread: number, l: number, r: number): void {
    this.work++;
    const image = this.threads[thread]!;
    const [left, right] = [this.outline.steps[thread]![l]!, this.outline.steps[image]![r]!];
    const reason = this.reasonOf(thread, left, right);
    if (
      left.kind !== right.kind ||
      left.tables.size !== right.tables.size ||
      left.edges.length !== right.edges.length
    ) {
      this.fail(`${reason()}: these steps differ`);
      return;
    }
    const open = { thread, left, right, pairs: new Map() };
    if (left.tables.size === 1) {
      const [[x], [y]] = [[...left.tables.keys()], [...right.tables.keys()]];
      this.pairVariables(x!, y!, reason);
      this.joinTables(open);
    } else if (left.tables.size > 1 || left.edgesBy === 'choice') {
      this.open.push(open);
    }
    if (left.edgesBy === 'place') {
      left.edges.forEach(({ target }, i) => {
        this.pairNodes(thread, target, right.edges[i]!.target);
      });
    }
  }

  private listen(
    thread: number,
    x: number,
    on: { left: Step; right: Step; table: readonly number[]; image: readonly number[] },
  ): void {
    const { left, right, table, image } = on;
    const reason = this.reasonOf(thread, left, right);
    const [byLeft, byRight] = [left.edgesBy, right.edgesBy];
    const listener = (v: number) => {
      const w = this.values[x]![v]!;
      const [next, imageNext] = [table[v]!, image[w]!];
      if (next < 0 || imageNext < 0) {
        if (next !== imageNext) this.fail(`${reason()}: only one has to wait`);
        return;
      }
      this.pairValues(x, next, imageNext, reason);
      if (typeof byLeft === 'string' || typeof byRight === 'string') return;
      const edge = left.edges[byLeft[v]!]!;
      this.pairNodes(thread, edge.target, right.edges[byRight[w]!]!.target);
    };
    this.listeners[x]!.push(listener);
    this.values[x]!.forEach((w, v) => {
      if (w !== UNKNOWN) this.pendingValues.push(() => listener(v));
    });
  }

  private reasonAt(thread: number, left: number, right: number): Reason {
    const { steps } = this.outline;
    return this.reasonOf(thread, steps[thread]![left]!, steps[this.threads[thread]!]![right]!);
  }

  private reasonOf(thread: number, left: Step, right: Step): Reason {
    return () => {
      const name = this.outline.threadNames[thread]!;
      const other = this.outline.threadNames[this.threads[thread]!]!;
      if (left.text !== right.text) return `${name} at "${left.text}", ${other} at "${right.text}"`;
      return `${name === other ? name : `${name} and ${other}`} at "${left.text}"`;
    };
  }

  /** The renaming, with interior nodes; `undefined` while something is unknown. */
  result(): Renaming | undefined {
    const { threads, variables, values, nodes } = this;
    const complete = (list: readonly number[]) => !list.includes(UNKNOWN);
    if (this.conflict !== undefined || !complete(variables) || !values.every(complete)) {
      return undefined;
    }
    return { threads, variables, values, nodes };
  }
}
