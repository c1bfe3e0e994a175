import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../automaton/compile.ts';
import type { Decision } from '../automaton/decision.ts';
import { tinySystem } from '../generators/tiny-system.ts';
import { invariant } from '../language/claim.ts';
import { holds, some } from '../language/condition.ts';
import { Shared } from '../language/shared.ts';
import type { Scalar } from '../language/value.ts';
import { erase, type Variable } from '../language/variable.ts';
import { DecisionComparison, type View } from './same-decision.ts';

const shared = new Shared();
const bits = ['x', 'y', 'z'].map((name) => shared.boolean(name));
type Bit = (typeof bits)[number];
const erased: readonly Variable<Scalar>[] = bits.map((bit) => erase(bit));

/** A function of three bits as a table, the order in which it reads them, and how it begins. */
interface Spec {
  readonly table: readonly boolean[];
  readonly order: readonly number[];
  readonly testFirst: boolean;
}

function decisionOf({ table, order, testFirst }: Spec): Decision {
  const claim = invariant({ id: 'claim', sentence: '' }, [0], function* () {
    const [first, second, third] = order.map((i) => bits[i]!) as [Bit, Bit, Bit];
    if (testFirst && !(yield* holds(some([second.is(true), third.is(false)])))) {
      const index = (yield* first.read()) ? 2 ** order[0]! : 0;
      return table[index + 2 ** order[2]!]!;
    }
    let index = 0;
    for (const i of order) if (yield* bits[i]!.read()) index += 2 ** i;
    return table[index]!;
  });
  return compile(tinySystem(shared, [() => bits[0]!.read()[Symbol.iterator]()], [claim]))
    .invariants[0]!.root;
}

/** Bit `i` becomes bit `places[i]`, negated where `flips` says so. */
function view(places: readonly number[], flips: readonly boolean[]): View {
  const numberOf = (variable: Variable<Scalar>) => erased.indexOf(variable);
  return {
    variable: (variable) => places[numberOf(variable)]!,
    value: (variable, answer) => (flips[numberOf(variable)] ? 1 - answer : answer),
    inside: () => -1,
  };
}

const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
const flips = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 });
/** Few that are all the same, and pairs that often are equal. */
const tables = fc
  .tuple(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), fc.option(fc.nat(7)))
  .map(([left, change]) => [left, left.map((bit, i) => (i === change ? !bit : bit))] as const);

test('decisions are the same if they say the same of all states', () => {
  const outcomes = { same: 0, different: 0 };
  const compare = (
    [leftTable, imageTable]: readonly [readonly boolean[], readonly boolean[]],
    orders: readonly [number[], number[]],
    places: readonly number[],
    negated: readonly boolean[],
    testFirst: readonly [boolean, boolean],
  ) => {
    const indices = [...leftTable.keys()];
    const imageOf = (index: number) =>
      places.reduce((image, to, i) => {
        const bit = Boolean((index >> i) & 1) !== negated[i];
        return image + (bit ? 2 ** to : 0);
      }, 0);
    const rightTable = indices.map(
      (image) => imageTable[indices.findIndex((i) => imageOf(i) === image)]!,
    );
    const left = { table: leftTable, order: orders[0], testFirst: testFirst[0] };
    const right = { table: rightTable, order: orders[1], testFirst: testFirst[1] };
    const expected = indices.every((i) => leftTable[i] === rightTable[imageOf(i)]);
    outcomes[expected ? 'same' : 'different']++;
    const comparison = new DecisionComparison(view(places, negated), view([0, 1, 2], []));
    expect(comparison.same(decisionOf(left), decisionOf(right))).toBe(expected);
  };
  fc.assert(
    fc.property(
      tables,
      fc.tuple(order, order),
      order,
      flips,
      fc.tuple(fc.boolean(), fc.boolean()),
      compare,
    ),
    { seed: 5, numRuns: 1_000 },
  );
  expect(Math.min(outcomes.same, outcomes.different)).toBeGreaterThan(100);
});
