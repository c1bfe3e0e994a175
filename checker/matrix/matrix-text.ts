import { count } from '../report/claims-table.ts';
import type { Paint, Tone } from '../report/paint.ts';
import { wrap } from '../report/wrap.ts';
import type { MatrixDocument, MatrixVerdict } from './matrix-document.ts';
import { lengthText, type RowEntry } from './row-entry.ts';

const WIDTH = 96;
const GAP = '  ';

const TONES: Readonly<Record<MatrixVerdict, Tone>> = {
  RECORDED: 'good',
  EXHAUSTED: 'good',
  DIVERGED: 'bad',
  VIOLATED: 'bad',
  FAILED: 'bad',
  STOPPED: 'unsure',
  INTERRUPTED: 'unsure',
};

const LEGEND =
  'A number is the length of a shortest schedule on which the claim fails; 9+7 is an infinite ' +
  'run, 9 steps up to a loop of 7. "." holds, "?" is undecided, and nothing stands where the row ' +
  'does not judge the claim.';
const LEFT_OUT = 'Claims over infinite runs were left out.';

/** What is about to be run: the first line of the report. */
export function matrixHeadline(
  { name }: { readonly name: string },
  {
    table,
    rows,
    claims,
    leavesOutLiveness,
    command,
  }: {
    readonly table: string;
    readonly rows: number;
    readonly claims: number;
    readonly leavesOutLiveness: boolean;
    readonly command: string;
  },
): string {
  const counts = `${plural(rows, 'row')}, ${plural(claims, 'claim')}`;
  const leftOut = leavesOutLiveness ? '; no liveness' : '';
  return `matrix ${name}: ${table}, ${counts}${leftOut}; ${command}`;
}

/**
 * The report that people read, below the headline. Claims that hold in every row have no column;
 * they are named below the table.
 */
export function matrixText(document: MatrixDocument, paint: Paint): string {
  const blocks = [
    tableLines(document, paint),
    wrap(document.leavesOutLiveness ? `${LEGEND} ${LEFT_OUT}` : LEGEND, WIDTH),
    nowhereLines(document),
    faultLines(document),
    movedLines(document),
    [verdictLine(document, paint)],
  ];
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function tableLines(document: MatrixDocument, paint: Paint): string[] {
  const columns = document.claims.map(({ id }) => id).filter((id) => !hasNoColumn(id, document));
  const head = ['row', ...columns, 'states', 'expected', 'as expected'];
  const body = document.rows.map((row) => [
    row.name,
    ...columns.map((id) => cellText(row, id)),
    row.states === 0 ? '' : count(row.states),
    row.expected.length === 0 ? 'none' : row.expected.join(' '),
    outcomeText(row),
  ]);
  const widths = head.map((title, column) =>
    Math.max(...[title, ...body.map((cells) => cells[column] ?? '')].map(({ length }) => length)),
  );
  const isNumber = (column: number) => column > 0 && column <= columns.length + 1;
  const line = (cells: readonly string[], tone?: Tone) =>
    cells
      .map((text, column) => {
        const width = widths[column]!;
        return isNumber(column) ? text.padStart(width) : text.padEnd(width);
      })
      .map((text, column) =>
        tone === undefined || column < head.length - 1 ? text : paint(tone, text.trimEnd()),
      )
      .join(GAP)
      .trimEnd();
  return [line(head), ...body.map((cells, i) => line(cells, toneOf(document.rows[i]!)))];
}

function hasNoColumn(id: string, { rows }: MatrixDocument): boolean {
  const cells = rows.flatMap((row) => row.cells).filter(({ claim }) => claim === id);
  return cells.every(({ verdict }) => verdict === 'HOLDS');
}

function cellText({ cells }: RowEntry, id: string): string {
  const cell = cells.find(({ claim }) => claim === id);
  if (cell === undefined) return '';
  if (cell.steps !== null) return lengthText(cell.steps, cell.loop);
  return cell.verdict === 'HOLDS' ? '.' : '?';
}

function outcomeText({ verdict, asExpected, scopes }: RowEntry): string {
  if (verdict === 'FAILED' || verdict === 'STOPPED') return verdict;
  if (verdict === 'INTERRUPTED') return scopes.length === 0 ? 'not reached' : verdict;
  if (asExpected === null) return 'not judged';
  return asExpected ? 'yes' : 'NO';
}

function toneOf({ verdict, asExpected }: RowEntry): Tone {
  if (verdict === 'FAILED' || asExpected === false) return 'bad';
  return asExpected === true ? 'good' : 'unsure';
}

function nowhereLines({ failNowhere, table }: MatrixDocument): string[] {
  if (failNowhere.length === 0) return [];
  const what = table === 'mutations' ? 'Catch no mutation' : 'Fail in no row';
  return wrap(`${what}: ${failNowhere.join(', ')}.`, WIDTH);
}

function faultLines({ rows }: MatrixDocument): string[] {
  return rows.flatMap(({ name, fault }) => (fault === null ? [] : [`${name}: FAILED: ${fault}`]));
}

function movedLines({ baseline }: MatrixDocument): string[] {
  if (baseline === null || baseline.moved.length === 0) return [];
  return [`Not as recorded in ${baseline.file}:`, ...baseline.moved.map((text) => `  ${text}`)];
}

function verdictLine(document: MatrixDocument, paint: Paint): string {
  const { verdict, rows, baseline } = document;
  const known = rows.filter(({ asExpected }) => asExpected !== null);
  const expected = known.filter(({ asExpected }) => asExpected === true).length;
  const scopes = rows.flatMap((row) => row.scopes).length;
  const states = rows.reduce((sum, row) => sum + row.states, 0);
  const transitions = rows.reduce((sum, row) => sum + row.transitions, 0);
  return [
    `${paint(TONES[verdict], verdict)}${explanation(document)}: `,
    `rows ${known.length}/${rows.length} decided, ${expected} as expected; scopes ${scopes}, `,
    `states ${count(states)}, transitions ${count(transitions)}`,
    baseline === null ? '; no baseline' : '',
  ].join('');
}

function explanation({ verdict, baseline, rows }: MatrixDocument): string {
  switch (verdict) {
    case 'RECORDED':
      return ` in ${baseline?.file}`;
    case 'DIVERGED':
      return ` from the baseline in ${baseline?.moved.length} points`;
    case 'FAILED':
      return ` in ${rows.filter((row) => row.verdict === 'FAILED').length} of ${rows.length} rows`;
    case 'STOPPED':
      return ' by the limit on memory';
    case 'EXHAUSTED':
    case 'VIOLATED':
    case 'INTERRUPTED':
      return '';
  }
}

function plural(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${count(n)} ${noun}s`;
}
