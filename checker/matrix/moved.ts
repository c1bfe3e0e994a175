import type { Parameters } from '../language/parameter.ts';
import { count } from '../report/claims-table.ts';
import { type ScopeRecord, scopeRecordOf, type TableRecord } from './baseline.ts';
import { lengthText, type RowEntry } from './row-entry.ts';

type RowRecord = TableRecord['rows'][number];

/**
 * What of a table is not as it was recorded: one line for each difference. Rows that could not run,
 * and scopes that were not searched to their end, are not compared.
 */
export function movedSince(
  recorded: TableRecord,
  rows: readonly RowEntry[],
  parameters: Parameters,
): readonly string[] {
  const gone = recorded.rows.filter(({ name }) => !rows.some((row) => row.name === name));
  return [
    ...rows.flatMap((row) => {
      const record = recorded.rows.find(({ name }) => name === row.name);
      if (record === undefined) return [`${row.name}: is not recorded`];
      return movedRow(record, row, parameters);
    }),
    ...gone.map(({ name }) => `${name}: is recorded, but there is no such row`),
  ];
}

function movedRow(record: RowRecord, row: RowEntry, parameters: Parameters): readonly string[] {
  if (row.verdict === 'FAILED' || row.verdict === 'INTERRUPTED') return [];
  const found = row.scopes.map(({ verdict, ...rest }) => ({
    isWhole: verdict !== 'STOPPED',
    ...scopeRecordOf({ verdict, ...rest }, parameters),
  }));
  const gone = record.scopes.filter((known) => !found.some((one) => isSame(one, known)));
  return [
    ...survival(record, row),
    ...found.flatMap(({ isWhole, ...scope }) => {
      const known = record.scopes.find((one) => isSame(one, scope));
      const name = nameOf(row.name, scope);
      if (known === undefined) return [`${name}: is not recorded`];
      return isWhole ? movedScope(known, scope).map((text) => `${name}: ${text}`) : [];
    }),
    ...gone.map((scope) => `${nameOf(row.name, scope)}: is recorded, but no longer checked`),
  ];
}

type Search = Pick<ScopeRecord, 'part' | 'scope'>;

function isSame(a: Search, b: Search): boolean {
  return a.part === b.part && a.scope === b.scope;
}

function nameOf(row: string, { part, scope }: Search): string {
  const where = scope === '' ? 'defaults' : scope;
  return `${row} (${part === 'liveness' ? 'liveness, ' : ''}${where})`;
}

/** The one difference that matters most: a mistake that was noticed is so no more. */
function survival({ scopes }: RowRecord, { name, cells, verdict }: RowEntry): readonly string[] {
  const caught = [...new Set(scopes.flatMap(({ fails }) => Object.keys(fails)))];
  if (caught.length === 0 || verdict !== 'EXHAUSTED' || cells.length === 0) return [];
  return [`${name}: no claim fails any more, recorded are failures of ${caught.join(', ')}`];
}

function movedScope(known: ScopeRecord, found: ScopeRecord): readonly string[] {
  const claims = [...new Set([...idsOf(known), ...idsOf(found)])];
  const sizes = ({ states, transitions, depth }: ScopeRecord) =>
    `states ${count(states)}, transitions ${count(transitions)}, depth ${depth}`;
  const moved = claims
    .map((id) => ({ id, before: verdictText(known, id), now: verdictText(found, id) }))
    .filter(({ before, now }) => before !== now)
    .map(({ id, before, now }) => `${id} ${now}, recorded: ${before}`);
  if (sizes(known) === sizes(found)) return moved;
  return [...moved, `${sizes(found)}, recorded: ${sizes(known)}`];
}

function idsOf({ fails, holds }: ScopeRecord): readonly string[] {
  return [...Object.keys(fails), ...holds];
}

function verdictText({ fails, holds }: ScopeRecord, id: string): string {
  const length = fails[id];
  if (typeof length === 'number') return `fails after ${length} steps`;
  if (length !== undefined) return `fails in a loop, ${lengthText(...length)} steps`;
  return holds.includes(id) ? 'holds' : 'is not judged';
}
