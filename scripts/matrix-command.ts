import type { ClaimOutline } from '../checker/check/claim-results.ts';
import type { MatrixRow } from '../checker/language/matrix-row.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { flagName } from '../checker/language/parameter.ts';
import { recordOf, withTable } from '../checker/matrix/baseline.ts';
import { type MatrixDocument, matrixDocumentOf } from '../checker/matrix/matrix-document.ts';
import { matrixHeadline, matrixText } from '../checker/matrix/matrix-text.ts';
import { movedSince } from '../checker/matrix/moved.ts';
import { type BaselineFile, baselineFile, readBaseline, writeBaseline } from './baseline-file.ts';
import { checksProgress } from './checks-progress.ts';
import { faultMessage } from './fault.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { claimsOf, type LoadedModel, scopesOf } from './loaded-model.ts';
import type { MatrixFlags } from './matrix-flags.ts';
import { paintFor } from './paint.ts';
import { commandLine, commandsFor, parameterWords } from './reproduction.ts';
import { type PlannedRow, runRows } from './run-rows.ts';
import { UsageError } from './usage-error.ts';

/** A row that is to be checked, and the claims that it judges. */
interface Plan extends PlannedRow {
  readonly claims: readonly ClaimOutline[];
}

/** Checks the rows of a table side by side and prints it; answers with the exit code. */
export async function matrixCommand(
  loaded: LoadedModel,
  flags: MatrixFlags,
  given: Partial<Scope>,
): Promise<number> {
  const { model } = loaded;
  const planned = plan(loaded, flags, given);
  const file = baselineFile(loaded, flags.baseline);
  const known = readBaseline(file, model.name);
  const claims = claimsOfRows(planned);
  const words = tableWords(flags, given);
  const command = commandLine('matrix', loaded.path, words, process.cwd());
  const signal = abortOnInterrupt();
  if (!flags.json) {
    const counts = { rows: planned.length, claims: claims.length };
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
    { model, table: flags.table, command, claims, seconds },
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

/** The rows of the table, with the scopes of each. */
function plan(
  loaded: LoadedModel,
  { table, small }: MatrixFlags,
  given: Partial<Scope>,
): readonly Plan[] {
  const rows = loaded.model.matrix?.[table];
  if (rows === undefined || rows.length === 0) {
    throw new UsageError(
      `${loaded.file.shownAs}: names no ${table}; expected matrix.${table} in its defineModel()`,
    );
  }
  const names = rows.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UsageError(`${loaded.file.shownAs}: matrix.${table} has two rows called ${twice}`);
  }
  const set = Object.keys(given).find((name) => rows.some((row) => name in row.given));
  if (set !== undefined) {
    throw new UsageError(
      `--${flagName(set)}: the rows of the table of ${table} set it; expected another flag`,
    );
  }
  return rows.map((row) => planRow(loaded, row, small, given));
}

function planRow(loaded: LoadedModel, row: MatrixRow, small: boolean, given: Partial<Scope>): Plan {
  const all = defined({ ...(small ? row.smallest : {}), ...given, ...row.given });
  const plain = { engine: 'compiled', symmetry: 'verified', keepGoing: true } as const;
  const { command } = commandsFor(plain, all, loaded.path, process.cwd());
  try {
    const scopes = scopesOf(loaded, all);
    return { row, command, scopes, claims: claimsOf(loaded, scopes, []) };
  } catch (error) {
    return { row, command, scopes: [], claims: [], fault: faultMessage(error) };
  }
}

function defined(scope: Partial<Scope>): Partial<Scope> {
  return Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined));
}

/** The claims of all rows, in the order of the row that makes most of them. */
function claimsOfRows(planned: readonly Plan[]): readonly ClaimOutline[] {
  const outlines = planned
    .map(({ claims }) => claims)
    .sort((a, b) => b.length - a.length)
    .flat();
  return [...new Map(outlines.map((outline) => [outline.id, outline])).values()];
}

/** What tells this table from the others of the model. */
function tableWords({ table, small }: MatrixFlags, given: Partial<Scope>): readonly string[] {
  return [
    ...(table === 'mutations' ? ['--mutations'] : []),
    ...(small ? ['--small'] : []),
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
