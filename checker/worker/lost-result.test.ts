import { expect, test } from 'vitest';
import { checkScope } from '../check/check.ts';
import { outlineOf } from '../check/outline.ts';
import { buildSystem } from '../language/model.ts';
import lostUpdate from '../report/fixtures/lost-update.ts';
import { type CheckSubject, lostResult } from './lost-result.ts';

const scopes = [
  { threads: 1, variant: 'racy' },
  { threads: 2, variant: 'racy' },
  { threads: 3, variant: 'racy' },
];
const subject: CheckSubject = {
  model: lostUpdate,
  scopes,
  livenessScopes: [],
  engine: 'interpreter',
  claims: outlineOf([buildSystem(lostUpdate, scopes[0]!)]),
};
const finished = scopes
  .slice(0, 2)
  .map((scope) =>
    checkScope(lostUpdate, scope, { engine: 'interpreter', limits: {}, keepGoing: true }),
  );
const progress = { states: 5, transitions: 7, depth: 2, frontier: 3, memoryBytes: 64 };
const last = { ...progress, phase: 'search' as const, scope: 1 };

test('a check that was lost in its second scope has the sizes of its last progress', () => {
  const result = lostResult(subject, {
    kind: 'lost',
    reason: 'memory',
    last,
    finished: finished.slice(0, 1),
  });
  expect(result.verdict).toBe('STOPPED');
  expect(result.scopes.map(({ verdict, states }) => [verdict, states])).toEqual([
    ['EXHAUSTED', 4],
    ['STOPPED', 5],
  ]);
  expect(result.claims.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['kept', 'UNDECIDED'],
    ['grows', 'UNDECIDED'],
    ['assertions', 'UNDECIDED'],
    ['deadlock', 'UNDECIDED'],
  ]);
});

test('a violation in a scope that had ended is not lost', () => {
  const result = lostResult(subject, { kind: 'lost', reason: 'interrupt', last, finished });
  expect(result.verdict).toBe('VIOLATED');
  expect(result.claims[0]).toMatchObject({ id: 'kept', verdict: 'VIOLATED' });
});

test('a check that was lost before any progress says so', () => {
  const none = { kind: 'lost', reason: 'interrupt', last: undefined, finished: [] } as const;
  expect(lostResult(subject, none)).toMatchObject({ verdict: 'INTERRUPTED', states: 0 });
});
