import type { ClaimOutline } from '../check/claim-results.ts';
import type { TableName } from '../language/matrix-row.ts';
import type { Model } from '../language/model.ts';
import { EXIT_CODE, EXIT_ERROR, REPLAY_EXIT_CODE } from '../report/exit-code.ts';
import { failing, type RowEntry, type RowOutcome, rowEntryOf } from './row-entry.ts';

/**
 * The verdict of a table. RECORDED: every row is as the baseline says. EXHAUSTED and VIOLATED are
 * for tables that were never recorded, as in a check.
 */
export type MatrixVerdict =
  | 'RECORDED'
  | 'DIVERGED'
  | 'EXHAUSTED'
  | 'VIOLATED'
  | 'STOPPED'
  | 'FAILED'
  | 'INTERRUPTED';

const MATRIX_EXIT_CODE: Readonly<Record<MatrixVerdict, number>> = {
  RECORDED: 0,
  DIVERGED: REPLAY_EXIT_CODE.diverged,
  EXHAUSTED: EXIT_CODE.EXHAUSTED,
  VIOLATED: EXIT_CODE.VIOLATED,
  STOPPED: EXIT_CODE.STOPPED,
  FAILED: EXIT_ERROR,
  INTERRUPTED: EXIT_CODE.INTERRUPTED,
};

/** What `matrix` found, for machines; the text is derived from it. */
export interface MatrixDocument {
  readonly schema: { readonly name: 'matrix'; readonly version: 1 };
  readonly verdict: MatrixVerdict;
  readonly exitCode: number;
  readonly model: { readonly name: string; readonly version: string };
  readonly table: TableName;
  /** The command that prints this table again, without its limits. */
  readonly command: string;
  /** There are claims over infinite runs, which were not judged. */
  readonly leavesOutLiveness: boolean;
  /** The columns. */
  readonly claims: readonly { readonly id: string; readonly sentence: string }[];
  readonly rows: readonly RowEntry[];
  /** Claims that hold in every row that judges them: no row is noticed by them. */
  readonly failNowhere: readonly string[];
  /** What the table was compared with, and what is not as it was recorded; null if with nothing. */
  readonly baseline: { readonly file: string; readonly moved: readonly string[] } | null;
  readonly timing: { readonly seconds: number };
}

export interface MatrixContext {
  readonly model: Pick<Model, 'name' | 'version'>;
  readonly table: TableName;
  readonly command: string;
  readonly leavesOutLiveness: boolean;
  readonly claims: readonly ClaimOutline[];
  readonly seconds: number;
}

/** The document of a table, given how it compares with what was recorded. */
export function matrixDocumentOf(
  outcomes: readonly RowOutcome[],
  { model, table, command, leavesOutLiveness, claims, seconds }: MatrixContext,
  compare: (rows: readonly RowEntry[]) => MatrixDocument['baseline'],
): MatrixDocument {
  const rows = outcomes.map(rowEntryOf);
  const baseline = compare(rows);
  const verdict = verdictOf(rows, baseline);
  return {
    schema: { name: 'matrix', version: 1 },
    verdict,
    exitCode: MATRIX_EXIT_CODE[verdict],
    model: { name: model.name, version: model.version },
    table,
    command,
    leavesOutLiveness,
    claims: claims.map(({ id, sentence }) => ({ id, sentence })),
    rows,
    failNowhere: claims.map(({ id }) => id).filter((id) => isNeverFailing(id, rows)),
    baseline,
    timing: { seconds },
  };
}

/** Only where every row was searched to its end, as otherwise it may fail in the rest. */
function isNeverFailing(id: string, rows: readonly RowEntry[]): boolean {
  return (
    rows.every(({ verdict }) => verdict === 'EXHAUSTED' || verdict === 'VIOLATED') &&
    rows.every((row) => !failing(row).includes(id))
  );
}

function verdictOf(rows: readonly RowEntry[], baseline: MatrixDocument['baseline']): MatrixVerdict {
  const verdicts = rows.map(({ verdict }) => verdict);
  if (verdicts.includes('INTERRUPTED')) return 'INTERRUPTED';
  if (verdicts.includes('FAILED')) return 'FAILED';
  if (baseline !== null && baseline.moved.length > 0) return 'DIVERGED';
  if (baseline === null && rows.some((row) => failing(row).length > 0)) return 'VIOLATED';
  if (verdicts.includes('STOPPED')) return 'STOPPED';
  return baseline === null ? 'EXHAUSTED' : 'RECORDED';
}
