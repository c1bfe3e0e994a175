import type { AutomatonNode, Edge, Waypoint } from '../automaton/automaton.ts';
import type { CompiledSystem } from '../automaton/compile.ts';
import { type Passed, passageKey, waypointKey } from '../engine/coverage.ts';
import { DISABLED, type StepAction, type Test } from '../language/operation.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';
import { stepKeyAt } from '../search/gather-coverage.ts';
import { Forbidden } from './forbidden-edges.ts';

/** Nothing forbids it. */
const FREELY = '';

/** What may happen in a system. */
export interface Possible {
  /**
   * By key of `Coverage.times`, the claim that fails where it happens, or '' if it may happen
   * without that. What is missing cannot happen.
   */
  readonly claims: ReadonlyMap<string, string>;
  /** Whether a thread may come to a node without a claim having failed. */
  readonly happens: (thread: number, node: number) => boolean;
}

/**
 * Finds what may happen in a system without a search, and so too much rather than too little: each
 * variable may have any of the values that some step gives it, whatever the others have (a
 * cartesian abstraction; Cousot and Cousot, "Systematic design of program analysis frameworks",
 * 1979). First only steps after which no claim has failed for certain are taken, then the others
 * too: what only they lead to is forbidden by the claim.
 */
export function possibleIn(compiled: CompiledSystem): Possible {
  const spread = new Spread(compiled);
  spread.run(false);
  spread.run(true);
  return spread.possible();
}

class Spread {
  private readonly compiled: CompiledSystem;
  private readonly forbidden: Forbidden;
  /** Per thread the nodes it may come to, with the claim that fails on the way. */
  private readonly nodes: readonly Map<number, string>[];
  private readonly values = new Map<Variable<Scalar>, Map<number, string>>();
  /** The nodes that look at a variable. */
  private readonly readers = new Map<Variable<Scalar>, NodeName[]>();
  private pending: NodeName[] = [];

  constructor(compiled: CompiledSystem) {
    this.compiled = compiled;
    this.forbidden = new Forbidden(compiled);
    for (const variable of compiled.system.shared.variables) {
      this.values.set(variable, new Map([[variable.initial, FREELY]]));
    }
    this.nodes = compiled.automata.map(() => new Map());
    compiled.automata.forEach(({ entry }, thread) => this.addNode({ thread, node: entry }, FREELY));
  }

  /** Goes on until nothing is new. */
  run(withForbidden: boolean): void {
    if (withForbidden) this.pending = this.everyNode();
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) {
      const claim = this.claimAt(next);
      for (const way of this.waysFrom(next)) {
        const why = way.claim || claim;
        if (way.edge === undefined || (why !== FREELY && !withForbidden)) continue;
        for (const [variable, to] of way.writes) this.addValue(variable, to, why);
        this.addNode({ thread: next.thread, node: way.edge.target }, why);
      }
    }
  }

  /** Names what may happen, once nothing is new. */
  possible(): Possible {
    const possible = new Map<string, string>();
    const note = (key: string, claim: string) => {
      const known = possible.get(key);
      if (known === undefined || claim === FREELY) possible.set(key, claim);
    };
    const pass = (waypoints: readonly Waypoint[], claim: string) => {
      for (const { functionName, label } of waypoints)
        note(waypointKey(functionName, label), claim);
    };
    for (const { entryWaypoints } of this.compiled.automata) pass(entryWaypoints, FREELY);
    for (const at of this.everyNode()) {
      const step = stepKeyAt(this.compiled, at.thread, at.node);
      for (const { outcome, edge, claim } of this.waysFrom(at)) {
        const why = claim || this.claimAt(at);
        if (step !== undefined) note(passageKey(step, outcome), why);
        pass(edge?.waypoints ?? [], why);
      }
    }
    const happens = (thread: number, node: number) => this.nodes[thread]!.get(node) === FREELY;
    return { claims: possible, happens };
  }

  private waysFrom({ thread, node }: NodeName): readonly Way[] {
    const one = this.compiled.automata[thread]!.nodes[node]!;
    const { action } = one;
    return action.kind === 'finished' || action.kind === 'crash'
      ? []
      : this.ways(thread, one, action);
  }

  private claimAt({ thread, node }: NodeName): string {
    return this.nodes[thread]!.get(node)!;
  }

  private everyNode(): NodeName[] {
    return this.nodes.flatMap((reached, thread) =>
      [...reached.keys()].map((node) => ({ thread, node })),
    );
  }

  /** What the operation may come to, given what the variables may be. */
  private ways(thread: number, node: AutomatonNode, action: StepAction): readonly Way[] {
    const { nodes } = this.compiled.automata[thread]!;
    const along = (edge: Edge, way: Omit<Way, 'edge' | 'claim'>, claim: string): Way => ({
      ...way,
      edge,
      claim: claim || (this.forbidden.byEdge(edge, nodes[edge.target]!) ?? FREELY),
    });
    switch (action.kind) {
      case 'access': {
        const { variable, next, outcome, results } = action;
        return [...this.values.get(variable)!].flatMap(([from, claim]): readonly Way[] => {
          const to = next[from]!;
          if (to === DISABLED) return [{ outcome: 'waits', writes: [], claim }];
          const edge = node.edges[outcome[from]!];
          if (edge === undefined) return [];
          const isWhole = !node.interior && !nodes[edge.target]!.interior;
          const change = isWhole ? this.forbidden.byChange(variable, from, to) : undefined;
          const value = this.forbidden.byValue(variable, to);
          const result = results[outcome[from]!];
          const way = { outcome: { result }, writes: [[variable, to]] } as const;
          return [along(edge, way, claim || (change ?? value ?? FREELY))];
        });
      }
      case 'test': {
        if (action.waits) {
          const claim = this.mayBe(action, true);
          const [edge] = node.edges;
          if (claim === undefined || edge === undefined) return [];
          return [along(edge, { outcome: { result: undefined }, writes: [] }, claim)];
        }
        return [false, true].flatMap((result, i) => {
          const claim = this.mayBe(action, result);
          if (claim === undefined) return [];
          return [along(node.edges[i]!, { outcome: { result }, writes: [] }, claim)];
        });
      }
      case 'fill': {
        const writes = action.variables.map((one, i) => [one, action.to[i]!] as const);
        const claims = writes.map(([one, to]) => this.forbidden.byValue(one, to));
        const claim = claims.find((one) => one !== undefined) ?? FREELY;
        return [along(node.edges[0]!, { outcome: { result: undefined }, writes }, claim)];
      }
      case 'choose':
        return action.options.map((result, i) =>
          along(node.edges[i]!, { outcome: { result }, writes: [] }, FREELY),
        );
      case 'failure':
        return [{ outcome: 'fails', writes: [], claim: this.forbidden.byFailure(node) ?? FREELY }];
    }
  }

  /** The claim that fails where a test has this result, or `undefined` if it never has. */
  private mayBe({ quantifier, terms }: Test, result: boolean): string | undefined {
    const claims = terms.map(({ variable, accepts }) => {
      const able = [...this.values.get(variable)!].filter(([value]) => accepts[value] === result);
      return able.find(([, claim]) => claim === FREELY)?.[1] ?? able[0]?.[1];
    });
    // One term alone makes `every` false and `some` true; for the opposite all are needed.
    const isByOne = (quantifier === 'some') === result;
    const known = claims.filter((claim) => claim !== undefined);
    if (isByOne) return known.find((claim) => claim === FREELY) ?? known[0];
    if (known.length < claims.length) return undefined;
    return known.find((claim) => claim !== FREELY) ?? FREELY;
  }

  private addNode(name: NodeName, claim: string): void {
    const { thread, node } = name;
    const reached = this.nodes[thread]!;
    if (reached.has(node)) return;
    reached.set(node, claim);
    this.pending.push(name);
    for (const variable of readBy(this.compiled.automata[thread]!.nodes[node]!)) {
      const readers = this.readers.get(variable);
      if (readers === undefined) this.readers.set(variable, [name]);
      else readers.push(name);
    }
  }

  private addValue(variable: Variable<Scalar>, value: number, claim: string): void {
    const values = this.values.get(variable)!;
    if (values.has(value)) return;
    values.set(value, claim);
    this.pending.push(...(this.readers.get(variable) ?? []));
  }
}

/** A node of the automaton of a thread. */
interface NodeName {
  readonly thread: number;
  readonly node: number;
}

function readBy({ action }: AutomatonNode): readonly Variable<Scalar>[] {
  if (action.kind === 'access') return [action.variable];
  return action.kind === 'test' ? action.terms.map(({ variable }) => variable) : [];
}

/** One thing that an operation may come to. */
interface Way {
  readonly outcome: Passed;
  readonly writes: readonly (readonly [Variable<Scalar>, number])[];
  readonly edge?: Edge;
  /** The claim that fails with it, or ''. */
  readonly claim: string;
}
