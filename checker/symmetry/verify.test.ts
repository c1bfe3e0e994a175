import { describe, expect, test } from 'vitest';
import { tinySystem } from '../generators/tiny-system.ts';
import { loop, next } from '../language/loop.ts';
import { Shared } from '../language/shared.ts';
import { brokenBy } from './brute-force.ts';
import { club, plainSwap, verdictOn } from './club.ts';
import type { Renaming } from './renaming.ts';
import { stateGraph } from './state-graph.ts';

describe('a renaming is refused', () => {
  const graph = stateGraph(
    club({
      *first({ flags }, me) {
        // Two steps that differ only in what comes behind.
        yield* flags[me]!.write(true);
        yield* flags[me]!.write(true);
      },
    }),
  )!;
  const good = plainSwap(graph);
  const edited = (list: readonly (readonly number[])[], i: number, edit: Record<number, number>) =>
    list.map((items, at) => (at === i ? items.map((item, n) => edit[n] ?? item) : items));

  test('not if it is a symmetry', () => {
    expect(verdictOn(good, graph)).toBeUndefined();
    expect(brokenBy(graph, good)).toBeUndefined();
  });

  test.each<readonly [string, Partial<Renaming>]>([
    ['two threads become one', { threads: [1, 1, 2] }],
    ['two variables become one', { variables: [1, 1, 2, 3] }],
    ['two values become one', { values: edited(good.values, 3, { 3: 2 }) }],
    ['two nodes become one', { nodes: edited(good.nodes, 0, { 1: 0 }) }],
    ['a node becomes none', { nodes: edited(good.nodes, 0, { 1: -1 }) }],
    ['there are too few values', { values: edited(good.values, 3, {}).map((l) => l.slice(1)) }],
    ['a value becomes none', { values: edited(good.values, 3, { 3: 9 }) }],
  ])('if %s', (_, change) => {
    expect(verdictOn({ ...good, ...change }, graph)).toBe('the renaming loses something');
  });

  test('if any two nodes, values or variables trade places in it', () => {
    const lists = { variables: [good.variables], values: good.values, nodes: good.nodes };
    let refused = 0;
    for (const [name, all] of Object.entries(lists)) {
      all.forEach((list, at) => {
        for (let i = 0; i < list.length; i++) {
          for (let j = i + 1; j < list.length; j++) {
            const traded = edited(all, at, { [i]: list[j]!, [j]: list[i]! });
            const bad = { ...good, [name]: name === 'variables' ? traded[0] : traded };
            expect([name, at, i, j, verdictOn(bad, graph)]).not.toContain(undefined);
            refused++;
          }
        }
      });
    }
    expect(refused).toBeGreaterThan(50);
  });
});

test('threads that are in another phase of the same cycle start differently', () => {
  const shared = new Shared();
  const flags = [shared.boolean('zero'), shared.boolean('one')];
  const blink = (me: number) =>
    function* () {
      yield* loop(null, function* () {
        yield* flags[me]!.write(me === 0);
        yield* flags[me]!.write(me !== 0);
        return next(null);
      });
    };
  const graph = stateGraph(tinySystem(shared, [blink(0), blink(1)]))!;
  const inPhase = {
    ...{ threads: [1, 0], variables: [1, 0] },
    ...{
      values: [
        [0, 1],
        [0, 1],
      ],
      nodes: [
        [1, 0],
        [1, 0],
      ],
    },
  };
  expect(verdictOn(inPhase, graph)).toBe('t0 and t1 start differently');
});
