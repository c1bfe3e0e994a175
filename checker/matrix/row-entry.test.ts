import { describe, expect, test } from 'vitest';
import { checkLiveness, checkScope } from '../check/check.ts';
import type { ClaimVerdict, ScopeResult, Verdict } from '../check/result.ts';
import lostUpdate from '../report/fixtures/lost-update.ts';
import retry from '../report/fixtures/retry.ts';
import { failing, type RowOutcome, rowEntryOf } from './row-entry.ts';

const [racy, atomic] = lostUpdate.matrix!.versions!;

function outcome(variant: string, known: Partial<RowOutcome> = {}): RowOutcome {
  const searches = [1, 2, 3].map((threads) => ({
    part: 'safety' as const,
    scope: { threads, variant },
  }));
  const options = { engine: 'interpreter', limits: {}, keepGoing: true } as const;
  return {
    row: variant === 'racy' ? racy! : atomic!,
    command: 'npm run check',
    searches,
    leftOut: [],
    results: searches.map(({ scope }) => checkScope(lostUpdate, scope, options)),
    ...known,
  };
}

/** As if three threads needed a step less. */
function shortenedWithThree(result: ScopeResult): ScopeResult {
  if (result.scope.threads !== 3) return result;
  const claims = result.claims.map((claim) => {
    const { counterexample } = claim;
    if (counterexample === undefined) return claim;
    return {
      ...claim,
      counterexample: { ...counterexample, steps: counterexample.steps.slice(1) },
    };
  });
  return { ...result, claims };
}

describe('a row', () => {
  test('has the shortest schedule of each claim over all its scopes, and their sums', () => {
    const whole = outcome('racy');
    const entry = rowEntryOf({ ...whole, results: whole.results.map(shortenedWithThree) });
    const lengths = entry.scopes.map(({ cells }) => cells[0]?.steps);
    expect(lengths).toEqual([null, 6, 5]);
    expect(entry).toMatchObject({ verdict: 'VIOLATED', asExpected: true, fault: null });
    expect(entry.cells[0]).toMatchObject({ claim: 'kept', verdict: 'VIOLATED', steps: 5 });
    expect(entry.cells[0]?.schedule).toBe(entry.scopes[2]?.cells[0]?.schedule);
    expect(entry.states).toBe(entry.scopes.reduce((sum, { states }) => sum + states, 0));
    expect(failing(entry)).toEqual(['kept', 'grows']);
  });

  test('in which nothing fails is EXHAUSTED', () => {
    const entry = rowEntryOf(outcome('atomic'));
    expect(entry).toMatchObject({ verdict: 'EXHAUSTED', asExpected: true });
    expect(entry.cells.map(({ verdict }) => verdict)).toEqual(Array(4).fill('HOLDS'));
  });

  test('of which a scope was not reached is INTERRUPTED, and what held so far undecided', () => {
    const whole = outcome('atomic');
    const entry = rowEntryOf({ ...whole, results: whole.results.slice(0, 1) });
    expect(entry).toMatchObject({ verdict: 'INTERRUPTED', asExpected: null });
    expect(entry.cells.map(({ verdict }) => verdict)).toEqual(Array(4).fill('UNDECIDED'));
  });

  test('in which a check could not run is FAILED, and what held so far undecided', () => {
    const whole = outcome('atomic');
    const results = whole.results.slice(0, 1);
    const entry = rowEntryOf({ ...whole, results, fault: 'no bricks' });
    expect(entry).toMatchObject({ verdict: 'FAILED', fault: 'no bricks', asExpected: null });
    expect(entry.cells.map(({ verdict }) => verdict)).toEqual(Array(4).fill('UNDECIDED'));
  });

  test('counts the states of its scopes for safety, and has both lengths of a lasso', () => {
    const scope = { variant: 'forgets' };
    const options = { engine: 'interpreter', limits: {}, keepGoing: true } as const;
    const results = [checkScope(retry, scope, options), checkLiveness(retry, scope, options)];
    const searches = results.map(({ part }) => ({ part, scope }));
    const [row] = retry.matrix!.versions!;
    const entry = rowEntryOf({ row: row!, command: '', searches, leftOut: [], results });
    expect(entry).toMatchObject({ states: results[0]!.states, asExpected: true });
    expect(entry.cells.find(({ claim }) => claim === 'ends')).toMatchObject({ steps: 3, loop: 2 });
  });

  test('of which the claims that have to fail are left out is not known to be as expected', () => {
    const whole = outcome('atomic');
    const row = { ...whole.row, fails: ['for ever'] };
    expect(rowEntryOf({ ...whole, row, leftOut: ['for ever'] }).asExpected).toBeNull();
    expect(rowEntryOf({ ...whole, row }).asExpected).toBe(false);
  });

  test('of two violations of a claim over infinite runs has the one with less in all', () => {
    const lasso = (steps: number, loop: number) => {
      const of = (length: number) => ({ length });
      const counterexample = { steps: of(steps), loop: { steps: of(loop) }, schedule: `${steps}` };
      return { id: 'ends', verdict: 'VIOLATED', counterexample };
    };
    const whole = outcome('atomic');
    const results = whole.results.map((result, i) => ({
      ...result,
      claims: [lasso(10 + i, 9 - 2 * i)] as unknown as ScopeResult['claims'],
    }));
    expect(rowEntryOf({ ...whole, results }).cells).toMatchObject([{ steps: 12, loop: 5 }]);
  });

  test('in which memory ran out is STOPPED, though not all of its scopes were reached', () => {
    const whole = outcome('atomic');
    const results = whole.results.slice(0, 2).map((result, i) => ({
      ...result,
      verdict: i === 1 ? ('STOPPED' as const) : result.verdict,
    }));
    expect(rowEntryOf({ ...whole, results })).toMatchObject({ verdict: 'STOPPED' });
  });

  test.each<[boolean | null, readonly string[], ClaimVerdict, Verdict]>([
    [true, [], 'HOLDS', 'EXHAUSTED'],
    [false, [], 'VIOLATED', 'VIOLATED'],
    [null, [], 'UNDECIDED', 'STOPPED'],
    [true, ['kept'], 'VIOLATED', 'VIOLATED'],
    [true, ['kept', 'grows'], 'VIOLATED', 'VIOLATED'],
    [false, ['kept'], 'HOLDS', 'EXHAUSTED'],
    [false, ['grows'], 'VIOLATED', 'VIOLATED'],
    [false, ['no-such-claim'], 'HOLDS', 'EXHAUSTED'],
    [null, ['kept'], 'UNDECIDED', 'STOPPED'],
  ])('is as expected: %s, where %j has to fail and kept %s', (expected, fails, kept, verdict) => {
    const { row, results, ...rest } = outcome('atomic');
    const changed = results.map((result) => ({
      ...result,
      verdict,
      claims: result.claims.map((claim) =>
        claim.id === 'kept' ? { ...claim, verdict: kept } : claim,
      ),
    }));
    const entry = rowEntryOf({ ...rest, row: { ...row, fails }, results: changed });
    expect(entry.asExpected).toBe(expected);
  });
});
