import { describe, expect, test } from 'vitest';
import { checkScope } from '../../checker/index.ts';
import ticketLock from './ticket-lock.ts';

interface Scope {
  readonly threads: number;
  readonly tickets: number;
  readonly variant: string;
}

/** Claims that fail, with the lengths of their counterexamples, shortest first. */
function failures({ claims }: ReturnType<typeof checkScope>) {
  return claims
    .flatMap(({ counterexample }) => counterexample ?? [])
    .map(({ claim, steps }): [string, number] => [claim, steps.length])
    .sort(([, a], [, b]) => a - b);
}

describe.each(['interpreter', 'naive'] as const)('the ticket lock, by the %s engine,', (engine) => {
  const run = (scope: Scope, keepGoing = false) =>
    checkScope(ticketLock, { ...scope }, { engine, limits: {}, keepGoing });

  test('gives the same ticket twice when it is taken in two steps', () => {
    const result = run({ threads: 2, tickets: 5, variant: 'broken' });

    // Both load, then both store.
    expect(failures(result)).toEqual([['unique-ticket', 4]]);
  });

  test('breaks every other claim in the end', () => {
    const result = run({ threads: 2, tickets: 5, variant: 'broken' }, true);

    expect(failures(result)).toEqual([
      ['unique-ticket', 4],
      ['free-when-served', 5],
      ['exclusion', 6],
      ['assertions', 10],
      ['deadlock', 18],
      ['in-order', 21],
    ]);
  });

  test.each([
    { threads: 2, tickets: 2 },
    { threads: 3, tickets: 4 },
    { threads: 4, tickets: 4 },
  ])('is safe for $threads threads and $tickets tickets when it is atomic', (scope) => {
    const { verdict, claims } = run({ ...scope, variant: 'fixed' });

    expect(verdict).toBe('EXHAUSTED');
    for (const { id, kind, premise } of claims) {
      if (kind !== 'assertion') expect(premise, id).toBeGreaterThan(0);
    }
  });

  test('is not safe when there are fewer tickets than threads', () => {
    const result = run({ threads: 3, tickets: 2, variant: 'fixed' });

    expect(failures(result)).toEqual([['unique-ticket', 3]]);
  });
});
