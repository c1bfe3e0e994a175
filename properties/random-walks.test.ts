import seedrandom from 'seedrandom';
import { expect, it } from 'vitest';
import { resultsOf } from '../checker/automaton/action-key.ts';
import { Machine, type MachineState, type Performed } from '../checker/generators/machine.ts';
import { buildSystem } from '../checker/language/model.ts';
import type { System } from '../checker/language/system.ts';
import { Expander } from '../checker/search/expander.ts';
import { type Prepared, prepare, Search } from '../checker/search/explore.ts';
import type { Field } from '../checker/search/layout.ts';
import type { KvmScope } from '../model/parameters.ts';
import { complete_scope } from '../model/scopes.ts';
import model from './index.ts';

// The kernel model is too big for the naive explorer. Random walks by the generators visit a part
// of it that nothing in the packed search has chosen, and there the two must agree on every step.

const SEED = 'kvm-interleave';
const WALKS_PER_SCOPE = 100;
const STEPS_MAX = 400;

const SCOPES: readonly Partial<KvmScope>[] = [
  { vcpus: 2, ops: 1, host: ['zap', 'prefault'] },
  { vcpus: 2, ops: 1, host: ['prefault'], inject: ['enomem'] },
  { vcpus: 2, ops: 1, host: ['prefault'], base: 'capped-after' },
  { vcpus: 2, ops: 1, regions: 1, inject: ['busy', 'interrupted', 'seamcall-error'], failures: 2 },
  { vcpus: 2, ops: 1, regions: 1, host: ['zap', 'convert'], inject: ['enomem'], conversions: 1 },
  { vcpus: 2, ops: 2, regions: 1, host: ['prefault'], inject: ['enomem'] },
];

it.each(SCOPES)(`finds what ${WALKS_PER_SCOPE} walks of seed ${SEED} find in %j`, (scope) => {
  const system = buildSystem(model, complete_scope(scope));
  const walker = new Walker(system, seedrandom(`${SEED} ${JSON.stringify(scope)}`));
  for (let walk = 0; walk < WALKS_PER_SCOPE; walk++) walker.walk(walk);
  console.info(JSON.stringify(scope), `${walker.steps} steps, ${walker.ends} walks to the end`);
});

/** Where a walk is: in the generators, and beside them in the automata. */
interface Spot {
  readonly state: MachineState;
  /** For each thread. */
  readonly nodes: readonly number[];
}

class Walker {
  steps = 0;
  ends = 0;
  private readonly machine: Machine;
  private readonly prepared: Prepared;
  private readonly search: Search;
  private readonly expander: Expander;
  private readonly random: () => number;

  constructor(system: System, random: () => number) {
    this.machine = new Machine(system);
    this.prepared = prepare(system);
    const { compiled, layout, code } = this.prepared;
    this.search = new Search(this.prepared, {
      limits: {},
      keepGoing: true,
      onProgress: () => 'continue',
    });
    this.search.run();
    this.expander = new Expander(compiled, layout, code, false);
    this.random = random;
  }

  /** Walks until no thread can go on, and compares each state and its successors on the way. */
  walk(number: number): void {
    let spot: Spot = {
      state: this.machine.initial().state,
      nodes: this.prepared.compiled.automata.map(({ entry }) => entry),
    };
    for (let step = 0; step < STEPS_MAX; step++) {
      const where = `walk ${number}, step ${step}`;
      const packed = this.pack(spot);
      expect(this.search.store.has(packed, 0), where).toBe(true);

      const next = this.machine.successors(spot.state).map((transition) => {
        const { move, after, performed } = transition;
        if (after === undefined) throw new Error(`${where}: an assertion fails`);
        const node = this.follow(move.thread, spot.nodes[move.thread] as number, performed);
        return { thread: move.thread, state: after, nodes: spot.nodes.with(move.thread, node) };
      });
      const images = next.map((to) => `${to.thread}: ${this.pack(to)}`);
      expect(this.packedSuccessors(packed), where).toEqual(images.sort());

      const chosen = next[Math.floor(this.random() * next.length)];
      if (chosen === undefined) {
        this.ends++;
        return;
      }
      spot = chosen;
      this.steps++;
    }
  }

  private packedSuccessors(packed: Int32Array): readonly string[] {
    const { expander } = this;
    const { wordCount } = this.prepared.layout;
    const count = expander.expand(packed, 0);
    return Array.from({ length: count }, (_, i) => {
      const words = expander.successors.subarray(i * wordCount, (i + 1) * wordCount);
      return `${expander.movers[i]}: ${words}`;
    }).sort();
  }

  /** The node that a thread comes to with a step. */
  private follow(thread: number, from: number, performed: readonly Performed[]): number {
    const { automata, ghosts } = this.prepared.compiled;
    let node = from;
    for (const { place, effect } of performed) {
      const action = place.operation?.action;
      if (action === undefined || effect === undefined) throw new Error('a step without an effect');
      // The compiler leaves out the ghosts that no claim reads.
      const { ghost = false, name = '' } = action.kind === 'access' ? action.variable : {};
      if (ghost && !ghosts.has(name)) continue;
      const { label, edges } = automata[thread]?.nodes[node] ?? {};
      if (label !== place.operation?.label) throw new Error(`node ${node} bears another label`);
      node = edges?.[resultsOf(action).indexOf(effect.result)]?.target ?? -1;
    }
    return node;
  }

  private pack({ state, nodes }: Spot): Int32Array {
    const { layout } = this.prepared;
    const words = new Int32Array(layout.wordCount);
    const put = ({ word, shift, mask }: Field, value: number) => {
      if ((value & mask) !== value) throw new Error(`${value} does not fit into its field`);
      words[word] = (words[word] as number) | (value << shift);
    };
    layout.variables.forEach((variable, i) => {
      const slot = this.machine.layout.get(variable) as number;
      put(layout.variableFields[i] as Field, state.values[slot] as number);
    });
    nodes.forEach((node, thread) => put(layout.threadFields[thread] as Field, node));
    return words;
  }
}
