import { describe, expect, test } from 'vitest';
import { checkScope } from '../check/check.ts';
import { completeScope, type Model } from '../language/model.ts';
import lostUpdateModel from '../report/fixtures/lost-update.ts';
import { forecast } from './forecast.ts';
import { Lattice } from './lattice.ts';
import { multipliersOf } from './multipliers.ts';

const lostUpdate = lostUpdateModel as unknown as Model;
const scopeOf = (threads: number) =>
  completeScope(lostUpdate.parameters, { threads, variant: 'atomic' });
const statesOf = (threads: number) =>
  checkScope(lostUpdate, scopeOf(threads), { engine: 'naive', limits: {}, keepGoing: true }).states;

describe('a lattice', () => {
  const parameters = {
    size: { kind: 'integer', help: '', default: 1, min: 1, max: 5 },
    does: { kind: 'words', help: '', default: [], words: ['a', 'b'] },
    name: { kind: 'word', help: '', default: 'x', words: ['x'], about: {}, aliases: {} },
  } as const;
  const lattice = new Lattice(parameters, { size: 3, does: ['a', 'b'], name: 'x' });

  test('has a dimension for each number and each word', () => {
    expect(lattice.dimensions.map(({ smaller }) => smaller)).toEqual([
      '--size 2',
      '--does b',
      '--does a',
    ]);
    expect(lattice.points()).toHaveLength(12);
  });

  test('goes from the smallest scope to the whole', () => {
    const scopes = lattice.points().map((point) => lattice.scopeAt(point));
    expect(scopes[0]).toEqual({ size: 1, does: [], name: 'x' });
    expect(scopes.at(-1)).toEqual({ size: 3, does: ['a', 'b'], name: 'x' });
    expect(lattice.scopeAt(lattice.top)).toEqual(scopes.at(-1));
    expect(lattice.scopeAt([1, 0, 1])).toEqual({ size: 2, does: ['b'], name: 'x' });
  });
});

describe('a forecast', () => {
  const found = forecast(lostUpdate, scopeOf(3), { states: 1_000 }, 'off');

  test('is made of smaller scopes, which are as big as they are', () => {
    expect(found.searched.map(({ states }) => states)).toEqual([statesOf(1), statesOf(2)]);
    expect(found.smaller).toEqual([
      { flag: '--threads 2', states: { low: statesOf(2), high: statesOf(2), isMeasured: true } },
    ]);
  });

  test('says what symmetry saves, where it is used', () => {
    const { symmetry } = forecast(lostUpdate, scopeOf(3), { states: 1_000 });
    expect([symmetry?.without, symmetry?.with]).toEqual([9, 6]);
    expect(found.symmetry).toBeUndefined();
  });

  test('says the same each time', () => {
    expect(forecast(lostUpdate, scopeOf(3), { states: 1_000 }, 'off')).toEqual(found);
  });

  test('without a budget says nothing, and least of all a number', () => {
    const poor = forecast(lostUpdate, scopeOf(3), { states: 1 });
    expect([poor.states, poor.searched, poor.multipliers]).toEqual([undefined, [], undefined]);
  });
});

describe('what multiplies', () => {
  const { states, by } = multipliersOf(lostUpdate, scopeOf(2));
  const factor = (name: string) => by.find((one) => one.name === name)?.factor;

  test('is counted on states that are searched without symmetry', () => {
    expect(states).toBe(9);
    // Two variables that the places of the threads decide, and threads of three places each.
    expect([factor('counter'), factor('finished')]).toEqual([1, 1]);
  });

  test('a function is in its share of the states', () => {
    // One thread is before its addition in 5 of 9 states: all but those in which both are past it.
    expect(factor('increment')).toBeCloseTo(5 / 9);
  });
});
