import { describe, expect, test } from 'vitest';
import { checkLiveness, checkScope } from '../check/check.ts';
import lostUpdate from '../report/fixtures/lost-update.ts';
import retry from '../report/fixtures/retry.ts';
import { recordOf, type TableRecord } from './baseline.ts';
import { movedSince } from './moved.ts';
import { type RowEntry, rowEntryOf } from './row-entry.ts';

const { parameters } = lostUpdate;
const rows: readonly RowEntry[] = lostUpdate.matrix!.versions!.map((row) => {
  const searches = [2, 3].map((threads) => ({
    part: 'safety' as const,
    scope: { threads, variant: row.name },
  }));
  const options = { engine: 'interpreter', limits: {}, keepGoing: true } as const;
  const results = searches.map(({ scope }) => checkScope(lostUpdate, scope, options));
  return rowEntryOf({ row, command: '', searches, leftOut: [], results });
});
const [racy, atomic] = rows;
const recorded = recordOf('', rows, parameters);

/** The table as it was recorded, but for one scope of one row. */
function recordedBut(
  name: string,
  known: Partial<TableRecord['rows'][number]['scopes'][number]>,
): TableRecord {
  return {
    flags: '',
    rows: recorded.rows.map((row) =>
      row.name === name
        ? {
            ...row,
            scopes: row.scopes.map((scope, i) => (i === 0 ? { ...scope, ...known } : scope)),
          }
        : row,
    ),
  };
}

describe('what moved since a table was recorded', () => {
  test('is nothing if it is found again', () => {
    expect(movedSince(recorded, rows, parameters)).toEqual([]);
  });

  test('is any number that differs', () => {
    const { states, transitions, depth } = recorded.rows[0]!.scopes[0]!;
    for (const known of [{ states: 1 }, { transitions: 1 }, { depth: 1 }]) {
      const was = { states, transitions, depth, ...known };
      expect(movedSince(recordedBut('racy', known), rows, parameters)).toEqual([
        `racy (defaults): states ${states}, transitions ${transitions}, depth ${depth}, ` +
          `recorded: states ${was.states}, transitions ${was.transitions}, depth ${was.depth}`,
      ]);
    }
  });

  test('is a claim that fails sooner, later, newly, no more, or is new or gone', () => {
    const holds = recorded.rows[0]!.scopes[0]!.holds;
    const moved = (known: Parameters<typeof recordedBut>[1], row = 'racy') =>
      movedSince(recordedBut(row, known), rows, parameters);
    expect(moved({ fails: { kept: 5 } })).toEqual([
      'racy (defaults): kept fails after 6 steps, recorded: fails after 5 steps',
    ]);
    expect(moved({ fails: {}, holds: ['kept', ...holds] })).toEqual([
      'racy (defaults): kept fails after 6 steps, recorded: holds',
    ]);
    expect(moved({ holds: holds.filter((id) => id !== 'grows') })).toEqual([
      'racy (defaults): grows holds, recorded: is not judged',
    ]);
    expect(moved({ holds: [...holds, 'gone'] })).toEqual([
      'racy (defaults): gone is not judged, recorded: holds',
    ]);
    expect(moved({ fails: { grows: 3 }, holds: ['kept'] }, 'atomic')[0]).toBe(
      'atomic: no claim fails any more, recorded are failures of grows',
    );
  });

  test('is a loop that begins elsewhere, or has another length', () => {
    const scope = { variant: 'forgets' };
    const searches = [{ part: 'liveness' as const, scope }];
    const options = { engine: 'interpreter', limits: {}, keepGoing: true } as const;
    const results = [checkLiveness(retry, scope, options)];
    const row = retry.matrix!.versions![0]!;
    const entry = rowEntryOf({ row, command: '', searches, leftOut: [], results });
    const known = recordOf('', [entry], retry.parameters);
    expect(movedSince(known, [entry], retry.parameters)).toEqual([]);
    for (const was of [[2, 2] as [number, number], [3, 3] as [number, number], 3]) {
      const scopes = known.rows[0]!.scopes.map((one) => ({ ...one, fails: { ends: was } }));
      const other = { ...known, rows: [{ name: row.name, scopes }] };
      const before =
        typeof was === 'number' ? 'after 3 steps' : `in a loop, ${was.join('+')} steps`;
      expect(movedSince(other, [entry], retry.parameters)).toEqual([
        `forgets (liveness, defaults): ends fails in a loop, 3+2 steps, recorded: fails ${before}`,
      ]);
    }
  });

  test('is a row or a scope that is new or gone', () => {
    expect(movedSince({ ...recorded, rows: [] }, [racy!], parameters)).toEqual([
      'racy: is not recorded',
    ]);
    expect(movedSince(recorded, [atomic!], parameters)).toEqual([
      'racy: is recorded, but there is no such row',
    ]);
    expect(movedSince(recordedBut('racy', { scope: 'threads=1' }), rows, parameters)).toEqual([
      'racy (defaults): is not recorded',
      'racy (threads=1): is recorded, but no longer checked',
    ]);
  });

  test('is not said of what could not be searched to its end', () => {
    const other = recordedBut('racy', { states: 1 });
    const unfinished = (known: Partial<RowEntry>) => [{ ...racy!, ...known }, atomic!];
    const scopes = racy!.scopes.map((scope) => ({ ...scope, verdict: 'STOPPED' as const }));
    expect(movedSince(other, unfinished({ verdict: 'STOPPED', scopes }), parameters)).toEqual([]);
    expect(movedSince(other, unfinished({ verdict: 'FAILED' }), parameters)).toEqual([]);
    expect(movedSince(other, unfinished({ verdict: 'INTERRUPTED' }), parameters)).toEqual([]);
  });
});
