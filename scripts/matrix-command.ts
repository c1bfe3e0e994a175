import type { ClaimOutline } from '../checker/check/claim-results.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { recordOf, withTable } from '../checker/matrix/baseline.ts';
import { type MatrixDocument, matrixDocumentOf } from '../checker/matrix/matrix-document.ts';
import { matrixHeadline, matrixText } from '../checker/matrix/matrix-text.ts';
import { movedSince } from '../checker/matrix/moved.ts';
import { type BaselineFile, baselineFile, readBaseline, writeBaseline } from './baseline-file.ts';
import { checksProgress } from './checks-progress.ts';
import { abortOnInterrupt } from './interrupt.ts';
import type { LoadedModel } from './loaded-model.ts';
import type { MatrixFlags } from './matrix-flags.ts';
import { paintFor } from './paint.ts';
import { commandLine, parameterWords } from './reproduction.ts';
import { rowWords } from './row-flags.ts';
import { planRow, type RowPlan, rowsOf } from './row-plan.ts';
import { runRows } from './run-rows.ts';

/** Checks the rows of a table side by side and prints it; answers with the exit code. */
export async function matrixCommand(
  loaded: LoadedModel,
  flags: MatrixFlags,
  given: Partial<Scope>,
): Promise<number> {
  const { model } = loaded;
  const planned = rowsOf(loaded, flags.table, given).map((row) =>
    planRow(loaded, row, flags, given),
  );
  const file = baselineFile(loaded, flags.baseline);
  const known = readBaseline(file, model.name);
  const claims = claimsOfRows(planned);
  const leavesOutLiveness = planned.some(({ leftOut }) => leftOut.length > 0);
  const words = tableWords(flags, given);
  const command = commandLine('matrix', loaded.path, words, process.cwd());
  const signal = abortOnInterrupt();
  if (!flags.json) {
    const counts = { rows: planned.length, claims: claims.length, leavesOutLiveness };
    process.stdout.write(`${matrixHeadline(model, { ...flags, ...counts, command })}\n\n`);
  }
  const startedAt = performance.now();
  const view = checksProgress(process.stderr);
  const outcomes = await runRows(loaded, planned, {
    jobs: flags.workers,
    memoryBytesMax: flags.maxMemory,
    signal,
    onProgress: (progress) => view.show(progress),
  }).finally(() => view.end());
  const seconds = (performance.now() - startedAt) / 1000;
  const recorded = known?.tables.find((table) => table.flags === words.join(' '));
  const document = matrixDocumentOf(
    outcomes,
    { model, table: flags.table, command, leavesOutLiveness, claims, seconds },
    (rows) =>
      recorded === undefined
        ? null
        : { file: file.shownAs, moved: movedSince(recorded, rows, model.parameters) },
  );
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(document, null, 2)}\n`
      : matrixText(document, paintFor(process.stdout, flags.color)),
  );
  if (!flags.updateBaseline) return document.exitCode;
  return update(document, () => {
    const table = recordOf(words.join(' '), document.rows, model.parameters);
    writeBaseline(file, withTable(known, model.name, table));
    return file;
  });
}

/** The claims of all rows, in the order of the row that makes most of them. */
function claimsOfRows(planned: readonly RowPlan[]): readonly ClaimOutline[] {
  const outlines = planned
    .map(({ claims }) => claims)
    .sort((a, b) => b.length - a.length)
    .flat();
  return [...new Map(outlines.map((outline) => [outline.id, outline])).values()];
}

/** What tells this table from the others of the model. */
function tableWords(flags: MatrixFlags, given: Partial<Scope>): readonly string[] {
  return [
    ...(flags.table === 'mutations' ? ['--mutations'] : []),
    ...rowWords(flags),
    ...parameterWords(given),
  ];
}

/** Records a table that was searched to its end; answers with the exit code. */
function update({ verdict, exitCode }: MatrixDocument, write: () => BaselineFile): number {
  if (verdict === 'STOPPED' || verdict === 'FAILED' || verdict === 'INTERRUPTED') {
    process.stderr.write('not recorded: expected a table that was searched to its end\n');
    return exitCode;
  }
  process.stderr.write(`recorded in ${write().shownAs}\n`);
  return 0;
}
