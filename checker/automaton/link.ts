import type {
  AtomicMark,
  Inside,
  Passed,
  PositionMark,
  StepAction,
} from '../language/operation.ts';
import type { Crash, Event, Finished, Waypoint } from './automaton.ts';
import type { FunctionSummary, LoopNode, SummaryNode } from './summary.ts';

/** A summary node put in its place: its targets say where control really goes. */
export interface LinkedNode {
  readonly id: number;
  readonly what:
    | StepAction
    | Inside
    | Crash
    | Finished
    | AtomicMark
    | PositionMark
    | Passed
    | Waypoint
    | { readonly kind: 'event'; readonly event: Event }
    | { readonly kind: 'jump' };
  readonly label: string | undefined;
  /** The function in whose code a step is. */
  readonly functionName?: string;
  targets: readonly LinkedNode[];
}

/** Where leaves lead: the nodes for each return value, loop state and loop result. */
interface Continuation {
  readonly id: number;
  readonly returns: readonly LinkedNode[];
  readonly next: readonly LinkedNode[];
}

/**
 * Puts summaries in the places of the calls to them. Equal code with equal continuations is linked
 * once, so the result is close to minimal already.
 */
export class Linker {
  private readonly nodes = new Map<string, LinkedNode>();
  private readonly continuations = new Map<string, Continuation>();
  private readonly loops = new Map<string, readonly LinkedNode[]>();
  private count = 0;
  private readonly claimed: ReadonlySet<string>;

  /** @param claimed identities of the functions whose returns are judged */
  constructor(claimed: ReadonlySet<string>) {
    this.claimed = claimed;
  }

  /** Links a thread: the function, and then its end. */
  linkThread(summary: FunctionSummary): LinkedNode {
    const end = this.node('finished', { kind: 'finished' }, undefined, []);
    return this.linkCall(
      summary,
      summary.returns.map(() => end),
    );
  }

  /** Links a program whose return of value `i` leads to `returns[i]`. */
  linkProgram(root: SummaryNode, returns: readonly LinkedNode[]): LinkedNode {
    return this.link(root, this.continuation(returns, []));
  }

  /** An end with a result, for programs that are no threads. */
  leaf(name: string): LinkedNode {
    return this.node(`leaf ${name}`, { kind: 'jump' }, name, []);
  }

  private linkCall(summary: FunctionSummary, after: readonly LinkedNode[]): LinkedNode {
    const { callee, args } = summary;
    const returns = this.claimed.has(callee.identity)
      ? after.map((target, i) => {
          const { functionName, identity } = callee;
          const result = summary.returns[i];
          const event = { kind: 'return', functionName, identity, args, result } as const;
          const key = `event ${summary.root.id} ${identity} ${i} ${this.argumentsKey(summary)}`;
          return this.node(key, { kind: 'event', event }, undefined, [target]);
        })
      : after;
    return this.link(summary.root, this.continuation(returns, []));
  }

  private link(node: SummaryNode, after: Continuation): LinkedNode {
    switch (node.kind) {
      case 'return':
      case 'done':
        return after.returns[node.index] as LinkedNode;
      case 'next':
        return after.next[node.index] as LinkedNode;
    }
    const key = `${node.id} ${after.id}`;
    const known = this.nodes.get(key);
    if (known !== undefined) return known;
    const linked = this.linkInner(node, after);
    this.nodes.set(key, linked);
    return linked;
  }

  private linkInner(
    node: Exclude<SummaryNode, { kind: 'return' | 'next' | 'done' }>,
    after: Continuation,
  ): LinkedNode {
    switch (node.kind) {
      case 'crash':
        return this.node(
          `crash ${node.message}`,
          { kind: 'crash', message: node.message },
          undefined,
          [],
        );
      case 'call':
        return this.linkCall(node.summary, this.linkTargets(node, after));
      case 'loop':
        return this.linkLoop(node, this.linkTargets(node, after));
      case 'structure':
        return this.fresh(node.action, undefined, this.linkTargets(node, after));
      case 'step':
        return this.fresh(
          node.action,
          node.label,
          this.linkTargets(node, after),
          node.functionName,
        );
    }
  }

  private linkTargets(
    node: { readonly targets: readonly SummaryNode[] },
    after: Continuation,
  ): readonly LinkedNode[] {
    return node.targets.map((target) => this.link(target, after));
  }

  private linkLoop(node: LoopNode, done: readonly LinkedNode[]): LinkedNode {
    const key = `${node.heads.map((head) => head.id)}|${done.map((target) => target.id)}`;
    let heads = this.loops.get(key);
    if (heads === undefined) {
      heads = node.heads.map(() => this.fresh({ kind: 'jump' }, undefined, []));
      this.loops.set(key, heads);
      const inner = this.continuation(done, heads);
      heads.forEach((head, i) => {
        head.targets = [this.link(node.heads[i] as SummaryNode, inner)];
      });
    }
    return heads[0] as LinkedNode;
  }

  private continuation(returns: readonly LinkedNode[], next: readonly LinkedNode[]): Continuation {
    const key = `${returns.map((node) => node.id)}|${next.map((node) => node.id)}`;
    let known = this.continuations.get(key);
    if (known === undefined) {
      known = { id: this.continuations.size, returns, next };
      this.continuations.set(key, known);
    }
    return known;
  }

  private readonly argumentKeys = new Map<FunctionSummary, number>();

  // A summary is one object for each function and tuple of arguments.
  private argumentsKey(summary: FunctionSummary): number {
    let key = this.argumentKeys.get(summary);
    if (key === undefined) {
      key = this.argumentKeys.size;
      this.argumentKeys.set(summary, key);
    }
    return key;
  }

  private node(
    key: string,
    what: LinkedNode['what'],
    label: string | undefined,
    targets: readonly LinkedNode[],
  ): LinkedNode {
    const fullKey = `${key}|${targets.map((target) => target.id)}`;
    let known = this.nodes.get(fullKey);
    if (known === undefined) {
      known = this.fresh(what, label, targets);
      this.nodes.set(fullKey, known);
    }
    return known;
  }

  private fresh(
    what: LinkedNode['what'],
    label: string | undefined,
    targets: readonly LinkedNode[],
    functionName?: string,
  ): LinkedNode {
    const id = this.count++;
    return { id, what, label, targets, ...(functionName === undefined ? {} : { functionName }) };
  }
}
