import { expect, test } from 'vitest';
import lostUpdate from '../report/fixtures/lost-update.ts';
import { runCheck } from './check.ts';
import { isEnough } from './enough.ts';
import type { ClaimVerdict, Part } from './result.ts';

function found(part: Part, verdicts: Readonly<Record<string, ClaimVerdict>>) {
  const claims = Object.entries(verdicts).map(([id, verdict]) => ({ id, verdict }));
  return { part, claims } as unknown as Parameters<typeof isEnough>[2][number];
}

test('it is enough once all claims of a part have failed, each in any scope of it', () => {
  const [both, b] = [
    found('safety', { a: 'VIOLATED', b: 'HOLDS' }),
    found('safety', { b: 'VIOLATED' }),
  ];
  expect(isEnough({ safety: ['a', 'b'] }, 'safety', [both, b])).toBe(true);
  expect(isEnough({ safety: ['a', 'b'] }, 'safety', [both])).toBe(false);
  expect(isEnough({ safety: ['a', 'c'] }, 'safety', [both, b])).toBe(false);
  expect(isEnough({ liveness: ['a'] }, 'liveness', [both, b])).toBe(false);
});

test('where nothing has to fail, it is never enough', () => {
  const results = [found('safety', { a: 'VIOLATED' })];
  expect(isEnough({}, 'safety', results)).toBe(false);
  expect(isEnough({ safety: [] }, 'safety', results)).toBe(false);
});

test.each([
  ['kept', [3]],
  ['deadlock', [3, 2, 1]],
])('a check that waits for %s to fail searches scopes of %j threads', (claim, threads) => {
  const scopes = [3, 2, 1].map((n) => ({ threads: n, variant: 'racy' }));
  const options = { engine: 'interpreter', limits: {}, keepGoing: true } as const;
  const enough = { safety: [claim] };
  const { scopes: made } = runCheck(lostUpdate, scopes, { ...options, enough });
  expect(made.map(({ scope }) => scope.threads)).toEqual(threads);
});
