import { combine } from '../checker/check/check.ts';
import type { ClaimResult, ScopeResult } from '../checker/check/result.ts';
import { decodeSchedule } from '../checker/check/schedule.ts';
import type { MatrixRow } from '../checker/language/matrix-row.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { cellWords, type Difference, differencesOf } from '../checker/matrix/difference.ts';
import { type RowEntry, type RowOutcome, rowEntryOf } from '../checker/matrix/row-entry.ts';
import { documentOf } from '../checker/report/document.ts';
import { EXIT_CODE, EXIT_ERROR } from '../checker/report/exit-code.ts';
import type { Paint } from '../checker/report/paint.ts';
import { outcomeLine, replayDocumentOf } from '../checker/report/replay-report.ts';
import { violationBlock } from '../checker/report/text-report.ts';
import { runInWorker } from '../checker/worker/run-in-worker.ts';
import { checksProgress } from './checks-progress.ts';
import type { DiffFlags } from './diff-flags.ts';
import { errorOf, InternalFault } from './fault.ts';
import { abortOnInterrupt } from './interrupt.ts';
import type { LoadedModel } from './loaded-model.ts';
import { paintFor } from './paint.ts';
import { commandLine, commandsFor, parameterWords } from './reproduction.ts';
import { planRow, rowsOf } from './row-plan.ts';
import { runRows } from './run-rows.ts';
import { TOOL } from './tool.ts';
import { UsageError } from './usage-error.ts';

/** Compares two versions and prints what is different; answers with the exit code. */
export async function diffCommand(
  loaded: LoadedModel,
  flags: DiffFlags,
  given: Partial<Scope>,
): Promise<number> {
  const rows = rowsOf(loaded, 'versions', given);
  const planned = flags.names.map((name) =>
    planRow(loaded, rowCalled(name, rows), flags.small, given),
  );
  const words = [...flags.names, ...(flags.small ? ['--small'] : []), ...parameterWords(given)];
  const command = commandLine('diff', loaded.path, words, process.cwd());
  const signal = abortOnInterrupt();
  process.stdout.write(`diff ${loaded.model.name}: ${flags.names.join(', ')}; ${command}\n\n`);
  const view = checksProgress(process.stderr);
  const outcomes = await runRows(loaded, planned, {
    jobs: flags.workers,
    memoryBytesMax: flags.maxMemory,
    signal,
    onProgress: (progress) => view.show(progress),
  }).finally(() => view.end());
  const [before, after] = outcomes.map(rowEntryOf) as [RowEntry, RowEntry];
  const unknown = [before, after].find(
    ({ verdict }) => verdict !== 'EXHAUSTED' && verdict !== 'VIOLATED',
  );
  if (unknown !== undefined) return unknownRow(unknown);
  const paint = paintFor(process.stdout, flags.color);
  const differences = differencesOf(before, after);
  process.stdout.write(summary(differences, before, after));
  for (const { claim, ...cells } of differences) {
    const [own, other] = cells.before?.steps != null ? outcomes : outcomes.toReversed();
    if ((cells.before?.steps ?? cells.after?.steps) == null) continue;
    const lines = await exhibit(loaded, own!, other!.row, claim, paint);
    process.stdout.write(`\n${lines.join('\n')}\n`);
  }
  return 0;
}

function rowCalled(name: string, rows: readonly MatrixRow[]): MatrixRow {
  const row = rows.find((candidate) => candidate.name === name);
  if (row !== undefined) return row;
  const names = rows.map((candidate) => candidate.name).join(', ');
  throw new UsageError(`version ${name}: expected one of ${names}`);
}

/** There is nothing to compare where a search did not come to its end. */
function unknownRow({ name, verdict, fault }: RowEntry): number {
  process.stderr.write(`${name}: ${verdict}${fault === null ? '' : `: ${fault}`}\n`);
  return verdict === 'FAILED' ? EXIT_ERROR : EXIT_CODE[verdict];
}

function summary(
  differences: readonly Difference[],
  { name: before }: RowEntry,
  { name: after }: RowEntry,
): string {
  if (differences.length === 0) return 'No claim differs.\n';
  const lines = differences.map(
    (one) => `${one.claim}: ${before} ${cellWords(one.before)}, ${after} ${cellWords(one.after)}`,
  );
  return `${lines.join('\n')}\n`;
}

/** The shortest violation of a claim in a row, drawn, and what it becomes in the other row. */
async function exhibit(
  loaded: LoadedModel,
  { row, results }: RowOutcome,
  other: MatrixRow,
  id: string,
  paint: Paint,
): Promise<readonly string[]> {
  const { model } = loaded;
  const { result, claim } = shortest(results, id);
  const plain = { engine: 'compiled', symmetry: 'verified', keepGoing: true } as const;
  const document = documentOf(combine(model, 'compiled', [{ ...result, claims: [claim] }], true), {
    tool: TOOL,
    scopes: [result.scope],
    ...commandsFor({ ...plain, only: [id] }, row.given, loaded.path, process.cwd()),
  });
  return [
    `${row.name}:`,
    ...violationBlock(document.counterexample!, document, paint),
    `${other.name}: ${await elsewhere(loaded, claim, other, paint)}`,
  ];
}

function shortest(results: RowOutcome['results'], id: string) {
  const failing = results.flatMap((result) =>
    (result?.claims ?? []).flatMap((claim): { result: ScopeResult; claim: ClaimResult }[] =>
      claim.id === id && claim.counterexample !== undefined ? [{ result: result!, claim }] : [],
    ),
  );
  const length = ({ claim }: { claim: ClaimResult }) => claim.counterexample!.steps.length;
  return failing.sort((a, b) => length(a) - length(b))[0]!;
}

/** What becomes of a schedule in another version. */
async function elsewhere(
  { model, file }: LoadedModel,
  { counterexample }: ClaimResult,
  { given }: MatrixRow,
  paint: Paint,
): Promise<string> {
  const schedule = decodeSchedule(counterexample!.schedule, model);
  const scope = { ...schedule.scope, ...(given as Scope) };
  const answer = await runInWorker(
    { kind: 'replay', model: file, schedules: [{ ...schedule, scope }] },
    {
      onProgress: () => {},
      signal: new AbortController().signal,
      heapBytesMax: process.availableMemory(),
    },
  );
  if (answer.kind === 'fault') throw errorOf(answer, file);
  if (answer.kind !== 'replayed') throw new InternalFault(`the replay answered ${answer.kind}`);
  return outcomeLine(
    replayDocumentOf(model, { ...schedule, scope }, answer.replays[0]!, process.cwd()),
    paint,
  );
}
