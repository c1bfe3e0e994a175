import type { Engine, EngineOptions, Move, Outcome, Violation } from '../../engine/engine.ts';
import type { Fairness, LivenessClaim } from '../../language/liveness-claim.ts';
import type { System } from '../../language/system.ts';
import { Machine, type MachineState, stateKey } from '../machine.ts';
import { naive } from '../naive.ts';
import type { Mark } from '../place.ts';
import { answer, breaks, keyOf, remains } from './breaks.ts';
import { brokenRules, type CycleStep, lockWantedBy } from './fair-cycle.ts';

/** A step of the state graph; states are numbered in the order in which they are found. */
interface Edge extends CycleStep {
  readonly from: number;
  readonly to: number;
}

/** A part of the graph in which a cycle would break a claim. */
interface Trap {
  readonly edges: readonly Edge[];
  /** Whether a cycle of these steps comes by what it has to. */
  readonly recurs: (cycle: readonly Edge[]) => boolean;
  /** Where a way to the cycle that stays in the part has to begin; anywhere if absent. */
  readonly sources?: readonly number[];
  readonly premise: number;
}

/**
 * The reference for `exploreLiveness`: by the generators, and by the definition. It knows no
 * refinement: for each choice of what never happens it takes away the steps where that happens, and
 * looks at what is left of each set of states that reach each other.
 */
export const naiveLiveness: Engine = (system, options) => new NaiveLiveness(system, options).run();

class NaiveLiveness {
  private readonly system: System;
  private readonly options: EngineOptions;
  private readonly machine: Machine;
  private readonly states: MachineState[] = [];
  private readonly edges: Edge[] = [];

  constructor(system: System, options: EngineOptions) {
    this.system = { ...system, claims: system.claims.filter(({ kind }) => kind === 'assertion') };
    this.options = options;
    this.machine = new Machine(this.system);
  }

  run(): Outcome {
    const outcome = naive(this.system, this.options);
    if (!outcome.exhausted) return outcome;
    this.enumerate();
    const premises = new Map(outcome.premises);
    const violations = (this.system.liveness ?? []).flatMap((claim) => {
      const traps = this.trapsOf(claim);
      premises.set(
        claim.id,
        traps.reduce((sum, { premise }) => sum + premise, 0),
      );
      return traps.flatMap((trap) => this.violation(claim, trap) ?? []).slice(0, 1);
    });
    return { ...outcome, premises, violations: [...outcome.violations, ...violations] };
  }

  private enumerate(): void {
    const numbers = new Map<string, number>();
    const numberOf = (state: MachineState) => {
      const key = stateKey(state);
      const number = numbers.get(key) ?? this.states.push(state) - 1;
      numbers.set(key, number);
      return number;
    };
    numberOf(this.machine.initial().state);
    for (let from = 0; from < this.states.length; from++) {
      const before = this.states[from] as MachineState;
      const steps = this.machine.successors(before);
      const enabled = [...new Set(steps.map(({ move }) => move.thread))];
      for (const step of steps) {
        if (step.after === undefined) continue;
        this.edges.push({ from, to: numberOf(step.after), before, step, enabled });
      }
    }
  }

  private trapsOf(claim: LivenessClaim): readonly Trap[] {
    const { states, edges, machine } = this;
    if (claim.shape === 'leaves') {
      return machine.system.threads.flatMap((_, thread) => {
        const marks = new Map<string, { readonly mark: Mark; premise: number }>();
        for (const { places } of states) {
          const inside = new Map(places[thread]?.marks.map((mark) => [keyOf(mark), mark]));
          for (const [key, mark] of inside) {
            if (mark.mark !== claim.mark || !claim.concerns(mark.data)) continue;
            marks.set(key, { mark, premise: (marks.get(key)?.premise ?? 0) + 1 });
          }
        }
        return [...marks.values()].map(
          ({ mark, premise }): Trap => ({
            edges: edges.filter((edge) => remains(edge, thread, mark)),
            recurs: () => true,
            premise,
          }),
        );
      });
    }
    return claim.pairs.map((pair): Trap => {
      const first = states.map((state) => answer(machine, claim, pair, 'first', state));
      const second = states.map((state) => answer(machine, claim, pair, 'second', state));
      const within = edges.filter(({ from, to }) => !second[from] && !second[to]);
      const premise = first.filter(Boolean).length;
      return claim.shape === 'leads to'
        ? {
            edges: within,
            recurs: () => true,
            sources: states.flatMap((_, i) => (first[i] && !second[i] ? i : [])),
            premise,
          }
        : { edges: within, recurs: (cycle) => cycle.some(({ from }) => first[from]), premise };
    });
  }

  private violation(claim: LivenessClaim, trap: Trap): Violation | undefined {
    const reachable = trap.sources && reach(trap.sources, trap.edges);
    for (const cycle of this.fairCycles(claim.fairness, trap)) {
      const start = cycle.map(({ from }) => from).find((from) => reachable?.has(from) ?? true);
      if (start === undefined) continue;
      const loop = coverAll(start, cycle);
      const prefix = this.prefix(start, trap);
      const before = prefix.map(({ before }) => before).concat(this.states[start] as MachineState);
      const because = breaks(this.machine, claim, before, cycle);
      if (because === undefined) throw new Error(`a cycle that should break ${claim.id} does not`);
      return {
        claim: claim.id,
        because,
        schedule: movesOf(prefix),
        loop: { moves: movesOf(loop), isShortest: false },
      };
    }
    return undefined;
  }

  /** The sets of steps of the trap that a fair run can take for ever, each again and again. */
  private *fairCycles(fairness: Fairness, trap: Trap): Iterable<readonly Edge[]> {
    const things = this.thingsThatMayNeverHappen(fairness);
    for (let choice = 0; choice < 2 ** things.length; choice++) {
      const never = things.filter((_, i) => ((choice >> i) & 1) === 1);
      const edges = trap.edges.filter((edge) => never.every((happens) => !happens(edge)));
      for (const cycle of mutuallyReachable(edges)) {
        const broken = brokenRules(this.machine, fairness, cycle);
        if (broken.length === 0 && trap.recurs(cycle)) yield cycle;
      }
    }
  }

  /** What the rules of a fairness assumption do not ask for, but make conditions of. */
  private thingsThatMayNeverHappen(fairness: Fairness): ((edge: Edge) => boolean)[] {
    if (fairness === 'strong') {
      return this.system.threads.map(
        (_, thread) =>
          ({ enabled }: Edge) =>
            enabled.includes(thread),
      );
    }
    if (fairness !== 'locks') return [];
    const takenBy = ({ before, step }: Edge) => lockWantedBy(before, step.move.thread);
    const locks = new Set(this.edges.flatMap((edge) => takenBy(edge) ?? []));
    return [...locks].map((lock) => (edge: Edge) => takenBy(edge) === lock);
  }

  /** A way from the initial state; where the trap has sources, by one of them and then inside. */
  private prefix(to: number, { sources, edges }: Trap): readonly Edge[] {
    if (sources === undefined) return way([0], to, this.edges);
    const inside = way(sources, to, edges);
    return [...way([0], inside[0]?.from ?? to, this.edges), ...inside];
  }
}

/** The steps inside of each set of states that reach each other. */
function mutuallyReachable(edges: readonly Edge[]): readonly (readonly Edge[])[] {
  const states = [...new Set(edges.map(({ from }) => from))];
  const backwards = edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from }));
  const done = new Set<number>();
  return states.flatMap((state) => {
    if (done.has(state)) return [];
    const behind = reach([state], edges);
    const before = reach([state], backwards);
    const set = new Set([...behind].filter((other) => before.has(other)));
    for (const other of set) done.add(other);
    const cycle = edges.filter(({ from, to }) => set.has(from) && set.has(to));
    return cycle.length === 0 ? [] : [cycle];
  });
}

/** The steps by the state that they begin in. */
function bySource(edges: readonly Edge[]): ReadonlyMap<number, readonly Edge[]> {
  const next = new Map<number, Edge[]>();
  for (const edge of edges) {
    const known = next.get(edge.from);
    if (known === undefined) next.set(edge.from, [edge]);
    else known.push(edge);
  }
  return next;
}

function reach(from: readonly number[], edges: readonly Edge[]): ReadonlySet<number> {
  const next = bySource(edges);
  const seen = new Set(from);
  for (const state of seen) for (const { to } of next.get(state) ?? []) seen.add(to);
  return seen;
}

/** A shortest way from one of some states. */
function way(from: readonly number[], to: number, edges: readonly Edge[]): readonly Edge[] {
  const next = bySource(edges);
  const ways = new Map<number, readonly Edge[]>(from.map((state) => [state, []]));
  for (const [state, steps] of ways) {
    if (state === to) return steps;
    for (const edge of next.get(state) ?? []) {
      if (!ways.has(edge.to)) ways.set(edge.to, [...steps, edge]);
    }
  }
  throw new Error('there is no way');
}

/** A loop that takes all of some steps. Far from short, but it plainly does what the set does. */
function coverAll(start: number, edges: readonly Edge[]): readonly Edge[] {
  const loop: Edge[] = [];
  for (const edge of edges) {
    const at = loop.at(-1)?.to ?? start;
    loop.push(...(at === edge.from ? [] : way([at], edge.from, edges)), edge);
  }
  return [...loop, ...way([loop.at(-1)?.to ?? start], start, edges)];
}

function movesOf(edges: readonly Edge[]): readonly Move[] {
  return edges.map(({ step }) => step.move);
}
