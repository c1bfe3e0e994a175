import type { MatrixRow } from '../checker/language/matrix-row.ts';
import type { Baseline, ScopeRecord, TableRecord } from '../checker/matrix/baseline.ts';
import { lengthText } from '../checker/matrix/row-entry.ts';
import { count } from '../checker/report/claims-table.ts';
import { type ReferenceRow, reference_rows } from '../properties/reference-rows.ts';
import { reference_versions } from '../properties/reference-versions.ts';
import { baselineFile, readBaseline } from './baseline-file.ts';
import type { LoadedModel } from './loaded-model.ts';
import { UsageError } from './usage-error.ts';

/** What a row was found to break: ids with the shortest length, in the order of claims. */
export type Found = ReadonlyMap<string, string>;

type RowRecord = TableRecord['rows'][number];

/** How what was found compares with the reference. */
export type Judgement = 'as it says' | 'otherwise' | 'not built';

/** Flags of the tables of the whole board, as they are recorded. */
const TABLES = { versions: '', mutations: '--mutations' } as const;

/** The page that this file writes. */
export const BOARD_PAGE = 'docs/board.md';

/**
 * The page as it has to be now.
 *
 * @throws UsageError if the whole board was never recorded
 */
export function boardOf(loaded: LoadedModel): string {
  const { model } = loaded;
  const baseline = readBaseline(baselineFile(loaded), model.name);
  return boardPage(baseline, model.matrix?.versions ?? []);
}

function boardPage(baseline: Baseline | undefined, versionRows: readonly MatrixRow[]): string {
  const versions = recorded(baseline, TABLES.versions);
  const mutations = recorded(baseline, TABLES.mutations);
  return `${[
    '# The board: expected against found',
    INTRODUCTION,
    '## Versions',
    versionsTable(versionRows, versions),
    '## Mutations',
    MUTATIONS,
    mutationsTable(mutations),
    ...remarks(mutations),
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `What the reference, \`domain.md\`, expects of each version (6.7, 10) and of
each mutation (8.4), and what the default scopes for two vCPUs show. \`npm run docs\` writes this
page from what was [recorded](matrix.md#the-baseline), and \`.ci/run\` checks the record:

\`\`\`
npm run matrix
npm run matrix -- --mutations
\`\`\`

A claim stands with the length of a shortest schedule in the scopes that were searched; \`9+7\` is
9 steps and then a loop of 7.`;

const MUTATIONS = `YES: has to be caught by a claim that its row names. NO: no P, T or L may fail.
COND: needs the option that the row names, which the mutation brings along. A mutation is searched
scope by scope until all claims that \`matrix\` expects of it have failed; one that nothing should
notice in all scopes.`;

function recorded(baseline: Baseline | undefined, flags: string): TableRecord {
  const table = baseline?.tables.find((one) => one.flags === flags);
  if (table !== undefined) return table;
  const command = ['npm run matrix --', flags, '--update-baseline'].filter((word) => word !== '');
  throw new UsageError(`the board was never recorded; expected ${command.join(' ')}`);
}

function versionsTable(rows: readonly MatrixRow[], table: TableRecord): string {
  const body = reference_versions.map(({ name, says, remark, shownBy }) => {
    const row = rows.find((one) => one.name === name);
    const scopes = scopesOf(table, name);
    const found = foundIn(scopes);
    const asExpected = isAsExpected(row?.fails ?? [], found) ? 'yes' : '**no**';
    return [
      name,
      says,
      foundText(found),
      asExpected,
      statesText(scopes),
      [...(remark === undefined ? [] : [remark]), ...shown(shownBy)].join(' '),
    ];
  });
  const head = ['version', 'the reference says', 'fails', 'as expected', 'states', 'remark'];
  return markdown(head, body);
}

function isAsExpected(fails: readonly string[], found: Found): boolean {
  return fails.length === found.size && fails.every((id) => found.has(id));
}

function mutationsTable(table: TableRecord): string {
  const body = reference_rows.map((reference) => {
    const row = rowOf(table, reference);
    const found = foundIn(row?.scopes ?? []);
    const { hits, flag, says } = reference;
    const others = [...found].filter(([id]) => !isNamed(reference, id));
    return [
      row?.name ?? String(reference.number),
      hits.length === 0 ? '-' : hits.join(' '),
      says === undefined ? flag : `${flag}: ${says}`,
      foundText(new Map([...found].filter(([id]) => isNamed(reference, id)))),
      foundText(new Map(others)),
      judge(reference, row === undefined ? undefined : found),
      row === undefined ? '' : statesText(row.scopes),
    ];
  });
  const head = ['mutation', 'hits', 'flag', 'found of these', 'found beside', 'outcome', 'states'];
  return markdown(head, body);
}

/** P9 of the reference is two claims here. */
function isNamed({ hits }: Pick<ReferenceRow, 'hits'>, id: string): boolean {
  return hits.includes(id) || hits.includes(id.split('-')[0]!);
}

/** @param found nothing if the mutation is not built */
export function judge(reference: ReferenceRow, found: Found | undefined): Judgement {
  if (found === undefined) return 'not built';
  const { flag, hits, spares = [] } = reference;
  const ids = [...found.keys()];
  if (ids.some((id) => spares.includes(id))) return 'otherwise';
  const isUsefulness = (id: string) => id.startsWith('U');
  if (flag === 'NO') {
    const isSpared = (id: string) => isNamed(reference, id) || isUsefulness(id);
    return ids.every(isSpared) ? 'as it says' : 'otherwise';
  }
  return hits.length === 0 || ids.some((id) => isNamed(reference, id)) ? 'as it says' : 'otherwise';
}

function remarks(table: TableRecord): readonly string[] {
  const known = reference_rows.flatMap((reference) => {
    const { number, remark, shownBy, missing } = reference;
    const row = rowOf(table, reference);
    if (row === undefined) return [`- **${number}** is not built: ${missing}.`];
    if (remark === undefined) return [];
    const outcome = judge(reference, foundIn(row.scopes));
    const mark = outcome === 'otherwise' ? ', otherwise than the reference says' : '';
    return [`- **${row.name}**${mark}: ${[remark, ...shown(shownBy)].join(' ')}`];
  });
  return ['## What differs, and why', known.join('\n')];
}

function shown(command: string | undefined): string[] {
  return command === undefined ? [] : [`\`npm run ${command.replace(' ', ' -- ')}\``];
}

function rowOf({ rows }: TableRecord, { number }: ReferenceRow): RowRecord | undefined {
  return rows.find(({ name }) => name.startsWith(`${number} `));
}

function scopesOf({ rows }: TableRecord, name: string): readonly ScopeRecord[] {
  return rows.find((row) => row.name === name)?.scopes ?? [];
}

/** The claims that fail in any of the scopes, each with its shortest length. */
export function foundIn(scopes: readonly Pick<ScopeRecord, 'fails'>[]): Found {
  const lengths = new Map<string, readonly [number, number | null]>();
  for (const [id, length] of scopes.flatMap(({ fails }) => Object.entries(fails))) {
    const pair = typeof length === 'number' ? ([length, null] as const) : length;
    const known = lengths.get(id);
    if (known === undefined || sum(pair) < sum(known)) lengths.set(id, pair);
  }
  return new Map([...lengths].map(([id, pair]) => [id, lengthText(...pair)]));
}

function sum([steps, loop]: readonly [number, number | null]): number {
  return steps + (loop ?? 0);
}

function foundText(found: Found): string {
  return found.size === 0 ? '-' : [...found].map(([id, length]) => `${id} ${length}`).join(', ');
}

function statesText(scopes: readonly ScopeRecord[]): string {
  return count(scopes.reduce((total, { states }) => total + states, 0));
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `|${cells.map((text) => ` ${text} |`).join('')}`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
