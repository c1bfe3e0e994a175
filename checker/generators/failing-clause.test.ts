import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Judgement } from '../language/claim.ts';
import { every, holds } from '../language/condition.ts';
import type { Steps } from '../language/operation.ts';
import { during, inside } from '../language/position.ts';
import { Shared } from '../language/shared.ts';
import { runClaim } from './claim-run.ts';
import { failingClause } from './failing-clause.ts';
import { Machine, type MachineState } from './machine.ts';
import { tinySystem } from './tiny-system.ts';

const shared = new Shared();
const variables = ['x', 'y', 'z'].map((name) => shared.integer(name, { min: 0, max: 2 }));
const [x, y, z] = variables as [
  (typeof variables)[0],
  (typeof variables)[0],
  (typeof variables)[0],
];
const idle = function* (): Steps<void> {
  yield* during('here', undefined, () => x.write(0)[Symbol.iterator]());
};
const machine = new Machine(tinySystem(shared, [idle], []));

function stateWith(values: readonly number[]): MachineState {
  return { ...machine.initial().state, values };
}

function clauseOf(program: () => Steps<Judgement>, values: readonly number[]) {
  const { variables: kept, insides } = failingClause('c', program, machine, stateWith(values));
  return [...kept.map(({ name }) => name), ...insides.map(({ mark }) => mark)];
}

test('leaves out what does not matter, and of two ways to fail one', () => {
  const program = function* (): Steps<Judgement> {
    if (yield* x.test((value) => value === 0)) return 'vacuous';
    return yield* holds(every([y.is(0), z.is(0)]));
  };
  expect(clauseOf(program, [1, 1, 1])).toEqual(['x', 'y']);
  expect(clauseOf(program, [1, 0, 1])).toEqual(['x', 'z']);
});

test('is empty where a program always fails, and keeps the threads that it counted', () => {
  expect(
    clauseOf(
      function* () {
        return (yield* x.read()) > 5;
      },
      [0, 0, 0],
    ),
  ).toEqual([]);
  expect(
    clauseOf(
      function* () {
        return (yield* inside('here')) > 5;
      },
      [0, 0, 0],
    ),
  ).toEqual(['here']);
});

test('makes the program fail whatever else holds, and no part of it does', () => {
  // A program is a decision tree: at each node a variable and a leaf or subtree per value.
  const leaf = fc.constantFrom<Judgement>(true, false, false, 'vacuous');
  type Tree = Judgement | { variable: number; branches: Tree[] };
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.record({
        variable: fc.nat(2),
        branches: fc.array(tie('tree'), { minLength: 3, maxLength: 3 }),
      }),
    ),
  }));
  const programOf = (root: Tree) =>
    function* (): Steps<Judgement> {
      let node = root;
      while (typeof node === 'object')
        node = node.branches[yield* variables[node.variable]!.read()]!;
      return node;
    };
  const everyState = [0, 1, 2].flatMap((a) =>
    [0, 1, 2].flatMap((b) => [0, 1, 2].map((c) => [a, b, c])),
  );
  fc.assert(
    fc.property(tree, fc.constantFrom(...everyState), (root, values) => {
      const judge = (state: readonly number[]) =>
        runClaim('c', programOf(root), machine, stateWith(state));
      fc.pre(judge(values) === false);
      const kept = clauseOf(programOf(root), values).map((name) => 'xyz'.indexOf(name));
      const failsFor = (slots: readonly number[]) =>
        everyState
          .filter((state) => slots.every((slot) => state[slot] === values[slot]))
          .every((state) => judge(state) === false);
      expect(failsFor(kept)).toBe(true);
      for (const slot of kept) expect(failsFor(kept.filter((other) => other !== slot))).toBe(false);
    }),
  );
});
