import { describe, expect, test } from 'vitest';
import { buildSystem } from '../../checker/language/model.ts';
import { explore } from '../../checker/search/explore.ts';
import ticketLock from './ticket-lock.ts';

function run(scope: { threads: number; tickets: number; variant: string }, keepGoing = false) {
  const onProgress = () => 'continue' as const;
  return explore(buildSystem(ticketLock, scope), { limits: {}, keepGoing, onProgress });
}

describe('the ticket lock', () => {
  test('gives the same ticket twice when it is taken in two steps', () => {
    const { violations } = run({ threads: 2, tickets: 5, variant: 'broken' });

    expect(violations.map(({ claim }) => claim)).toEqual(['unique-ticket']);
    // Both load, then both store.
    expect(violations[0]?.schedule).toHaveLength(4);
  });

  test('lets that break every other claim in the end', () => {
    const { violations } = run({ threads: 2, tickets: 5, variant: 'broken' }, true);

    expect(violations.map(({ claim, schedule }) => [claim, schedule.length])).toEqual([
      ['unique-ticket', 4],
      ['free-when-served', 5],
      ['exclusion', 6],
    ]);
  });

  test.each([
    { threads: 2, tickets: 2 },
    { threads: 3, tickets: 4 },
    { threads: 4, tickets: 4 },
  ])('is safe for $threads threads and $tickets tickets when it is atomic', (scope) => {
    const outcome = run({ ...scope, variant: 'fixed' });

    expect(outcome).toMatchObject({ exhausted: true, violations: [] });
    for (const [claim, premise] of outcome.premises) {
      if (claim !== 'deadlock' && claim !== 'assertions') expect(premise, claim).toBeGreaterThan(0);
    }
  });

  test('is not safe when there are fewer tickets than threads', () => {
    const { violations } = run({ threads: 3, tickets: 2, variant: 'fixed' });

    expect(violations.map(({ claim }) => claim)).toContain('unique-ticket');
    expect(violations[0]?.schedule).toHaveLength(3);
  });
});
