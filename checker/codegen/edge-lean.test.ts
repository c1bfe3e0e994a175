import { expect, test } from 'vitest';
import peterson from '../../docs/examples/peterson.ts';
import { interpret, runCompiled } from '../compiled/agreement.ts';
import { CompiledRun } from '../compiled/explore-compiled.ts';
import { Shard } from '../compiled/shard.ts';
import { DEFAULT_TUNING } from '../compiled/tuning.ts';
import { EVERYTHING, tinySystem } from '../generators/tiny-system.ts';
import { buildSystem } from '../language/model.ts';
import { modelled } from '../language/modelled.ts';
import type { Steps } from '../language/operation.ts';
import { Shared } from '../language/shared.ts';
import { type System, thread } from '../language/system.ts';
import type { Variable } from '../language/variable.ts';
import { type Prepared, prepare } from '../search/explore.ts';
import { initialState } from '../search/layout.ts';
import { findSymmetry, type Symmetry } from '../symmetry/symmetry.ts';
import { compileSearch } from './compile-search.ts';

type Thread = () => Steps<void>;

const NO_SYMMETRY: Symmetry = { classes: [], reasons: [] };

/**
 * Searches breadth first, and counts what is looked up.
 *
 * @returns lookups behind that of the initial state, transitions, and states
 */
function lookups(system: System, symmetry: Symmetry = NO_SYMMETRY): readonly number[] {
  const prepared = prepare(system);
  const tuning = { partitionBits: 1, memoBits: 0 };
  const { bytes, ...search } = compileSearch(prepared, symmetry, tuning);
  let lookedUp = 0;
  // Both partitions count as stored elsewhere, so that what is looked up passes by here.
  const shard: Shard = new Shard({ search, module: new WebAssembly.Module(bytes) }, (partition) => {
    const states = shard.waiting(partition);
    lookedUp += states.length / search.map.stateBytes;
    shard.add(partition, states.slice());
  });
  shard.setBuffers(4);
  const entries = prepared.compiled.automata.map(({ entry }) => entry);
  shard.offer(initialState(prepared.layout, entries));
  const counts = () => [shard.count(0), shard.count(1)] as const;
  for (let from: readonly number[] = [0, 0]; ; ) {
    const to = counts();
    if (to[0] + to[1] === from[0]! + from[1]!) break;
    for (const partition of [0, 1]) {
      shard.functions.expand(partition, from[partition]!, to[partition]!);
    }
    shard.functions.flushAll();
    from = to;
  }
  return [lookedUp, shard.cell('transitions'), shard.cell('states')];
}

/** The threads set flags, each of them those with these numbers, one after the other. */
function setters(...flags: readonly (readonly number[])[]): System {
  const shared = new Shared();
  const all = Array.from({ length: Math.max(...flags.flat()) + 1 }, (_, i) =>
    shared.boolean(`flag${i}`),
  );
  return tinySystem(
    shared,
    flags.map(
      (own): Thread =>
        function* () {
          for (const number of own) yield* all[number]!.write(true);
        },
    ),
  );
}

/** The bits of a state that belong to it, by word of 32 bits. */
function usedBits({ layout }: Prepared): Int32Array {
  const used = new Int32Array(2);
  for (const { word, shift, mask } of [...layout.variableFields, ...layout.threadFields]) {
    used[word]! |= mask << shift;
  }
  return used;
}

test('of the ways around a diamond one is looked up', () => {
  // Four states, four edges; one edge into the last state is enough.
  expect(lookups(setters([0], [1]))).toEqual([3, 4, 4]);
  // A cube has 12 edges, and seven states beside the first.
  expect(lookups(setters([0], [1], [2]))).toEqual([7, 12, 8]);
});

test('of the filter lock with four threads less than half of the edges are looked up', () => {
  const system = buildSystem(peterson, { threads: 4 });
  const [lookedUp, transitions, states] = lookups(system);
  expect([transitions, states]).toEqual([461_024, 115_256]);
  expect(lookedUp! / transitions!).toBeLessThan(0.5);
});

test('steps that touch the same are both looked up', () => {
  expect(lookups(setters([0], [0]))).toEqual([4, 4, 4]);
});

test('of more variables than there are bits some count as the same', () => {
  expect(lookups(setters([0], [63]))).toEqual([3, 4, 4]);
  expect(lookups(setters([0], [64]))).toEqual([4, 4, 4]);
  expect(lookups(setters([0], [65]))).toEqual([3, 4, 4]);
});

test('the bits of threads that may be renamed move with them', () => {
  const shared = new Shared();
  const flags = shared.array('own', 3, (name) => shared.boolean(name));
  const twice = modelled('twice', function* (own: Variable<boolean>) {
    yield* own.write(true);
    yield* own.write(false);
  });
  const threads = [...flags].map((own, i) => thread(`t${i}`, 'worker', twice, own));
  const system = { shared, threads, claims: [] };
  const symmetry = findSymmetry(prepare(system).compiled);
  expect(symmetry.classes).toHaveLength(1);
  const [lookedUp, transitions, states] = lookups(system, symmetry);
  // As many as there are ways to place three threads at three nodes.
  expect(states).toBe(10);
  const options = { ...EVERYTHING, symmetry: 'verified' } as const;
  expect(runCompiled(prepare(system), options).outcome).toMatchObject({ transitions, states });
  // Of threads at the same node none ranks higher, so some edges are looked up twice.
  expect([lookedUp, transitions]).toEqual([16, 20]);
});

test('a state that is found only by edges that need no lookup is no deadlock', () => {
  const system = setters([0, 1], [2]);
  const prepared = prepare(system);
  expect(runCompiled(prepared).outcome.violations).toEqual([]);
  expect(interpret(prepared).outcome.violations).toEqual([]);
});

test('where no bit is free all is looked up', () => {
  // 62 flags and two threads of one bit each.
  expect(lookups(setters([0], [61]))).toEqual([4, 4, 4]);
  expect(lookups(setters([0], [60]))).toEqual([3, 4, 4]);
});

test('states of a search that was ended in the middle of a level are stored without bits', () => {
  const flags = (thread: number) => Array.from({ length: 6 }, (_, i) => 6 * thread + i);
  const prepared = prepare(setters(...Array.from({ length: 6 }, (_, thread) => flags(thread))));
  const used = usedBits(prepared);
  let left = 0;
  const run = new CompiledRun(prepared, {
    ...EVERYTHING,
    // At the end of a level nothing of it is left.
    onProgress: ({ depth, frontier }) => {
      if (depth === 0 || frontier === 0) return 'continue';
      left = frontier;
      return 'interrupt';
    },
  });
  expect(run.run()).toMatchObject({ stopped: 'interrupt', exhausted: false });
  expect(left).toBeGreaterThan(100);
  run.eachNumbered((_, words, at) => {
    if ((words[at]! & ~used[0]!) !== 0 || (words[at + 1]! & ~used[1]!) !== 0) {
      throw new Error('a state carries bits');
    }
  });
});

test('states of a search that was ended are stored without bits', () => {
  const prepared = prepare(setters([0, 1, 2], [3, 4, 5], [6, 7, 8]));
  const used = usedBits(prepared);
  for (const statesMax of [1, 2, 5, 10, 20, 40, 63]) {
    const options = { ...EVERYTHING, limits: { statesMax } };
    const run = new CompiledRun(prepared, options, { ...DEFAULT_TUNING, partitionBits: 2 });
    expect(run.run().stopped).toBe('states');
    let states = 0;
    run.eachNumbered((_, words, at) => {
      states++;
      expect([words[at]! & ~used[0]!, words[at + 1]! & ~used[1]!]).toEqual([0, 0]);
    });
    expect(states).toBeGreaterThan(statesMax);
  }
});
