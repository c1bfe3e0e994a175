import { combine } from '../checker/check/check.ts';
import type { ClaimResult, ScopeResult } from '../checker/check/result.ts';
import { decodeSchedule } from '../checker/check/schedule.ts';
import type { MatrixRow } from '../checker/language/matrix-row.ts';
import type { Scope } from '../checker/language/parameter.ts';
import {
  type DifferenceEntry,
  diffDocumentOf,
  type Exhibit,
} from '../checker/matrix/diff-document.ts';
import { diffHeadline, diffText } from '../checker/matrix/diff-text.ts';
import { type Difference, differencesOf } from '../checker/matrix/difference.ts';
import { type RowEntry, type RowOutcome, rowEntryOf } from '../checker/matrix/row-entry.ts';
import { documentOf } from '../checker/report/document.ts';
import { EXIT_CODE, EXIT_ERROR } from '../checker/report/exit-code.ts';
import { type ReplayDocument, replayDocumentOf } from '../checker/report/replay-report.ts';
import { runInWorker } from '../checker/worker/run-in-worker.ts';
import { checksProgress } from './checks-progress.ts';
import type { DiffFlags } from './diff-flags.ts';
import { errorOf, InternalFault } from './fault.ts';
import { abortOnInterrupt } from './interrupt.ts';
import type { LoadedModel } from './loaded-model.ts';
import { paintFor } from './paint.ts';
import { commandLine, commandsFor, parameterWords } from './reproduction.ts';
import { rowWords } from './row-flags.ts';
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
  const { model } = loaded;
  const rows = rowsOf(loaded, 'versions', given);
  const plans = flags.names.map((name) => planRow(loaded, rowCalled(name, rows), flags, given));
  const [before, after] = flags.names;
  const words = [...flags.names, ...rowWords(flags), ...parameterWords(given)];
  const command = commandLine('diff', loaded.path, words, process.cwd());
  const leavesOutLiveness = plans.some(({ leftOut }) => leftOut.length > 0);
  const signal = abortOnInterrupt();
  if (!flags.json) {
    const head = diffHeadline({ model, before, after, leavesOutLiveness, command });
    process.stdout.write(`${head}\n\n`);
  }
  const startedAt = performance.now();
  const view = checksProgress(process.stderr);
  const outcomes = await runRows(loaded, plans, {
    jobs: flags.workers,
    memoryBytesMax: flags.maxMemory,
    signal,
    onProgress: (progress) => view.show(progress),
  }).finally(() => view.end());
  const entries = outcomes.map(rowEntryOf) as [RowEntry, RowEntry];
  const unknown = entries.find(({ verdict }) => verdict !== 'EXHAUSTED' && verdict !== 'VIOLATED');
  if (unknown !== undefined) return unknownRow(unknown);
  const sentences = new Map(
    plans.flatMap(({ claims }) => claims).map(({ id, sentence }) => [id, sentence]),
  );
  const differences: DifferenceEntry[] = [];
  for (const difference of differencesOf(...entries)) {
    const sentence = sentences.get(difference.claim) ?? '';
    const exhibit = await exhibitOf(loaded, difference, outcomes);
    differences.push({ ...difference, sentence, exhibit });
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const context = { model, command, leavesOutLiveness, rows: entries, seconds };
  const document = diffDocumentOf(differences, context);
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(document, null, 2)}\n`
      : diffText(document, paintFor(process.stdout, flags.color)),
  );
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

/** The shortest violation of a claim where it fails, and what becomes of it in the other row. */
async function exhibitOf(
  loaded: LoadedModel,
  { claim: id, before, after }: Difference,
  outcomes: readonly RowOutcome[],
): Promise<Exhibit | null> {
  const failing = [before, after].findIndex((cell) => cell?.verdict === 'VIOLATED');
  if (failing < 0) return null;
  const { row, results } = outcomes[failing]!;
  const other = outcomes[1 - failing]!.row;
  const { result, claim } = shortest(results, id);
  const plain = { engine: 'compiled', symmetry: 'verified', keepGoing: true } as const;
  const check = documentOf(
    combine(loaded.model, 'compiled', [{ ...result, claims: [claim] }], true),
    {
      tool: TOOL,
      scopes: result.part === 'safety' ? [result.scope] : [],
      livenessScopes: result.part === 'liveness' ? [result.scope] : [],
      ...commandsFor({ ...plain, only: [id] }, row.given, loaded.path, process.cwd()),
    },
  );
  const isClaimed = [before, after][1 - failing] !== null;
  const replay = isClaimed ? await replayIn(loaded, claim, other) : null;
  return { row: row.name, check, elsewhere: { row: other.name, replay } };
}

function shortest(results: readonly ScopeResult[], id: string) {
  const failing = results.flatMap((result) =>
    result.claims.flatMap((claim): { result: ScopeResult; claim: ClaimResult }[] =>
      claim.id === id && claim.counterexample !== undefined ? [{ result, claim }] : [],
    ),
  );
  const length = ({ claim: { counterexample } }: { claim: ClaimResult }) =>
    counterexample!.steps.length + (counterexample!.loop?.steps.length ?? 0);
  return failing.sort((a, b) => length(a) - length(b))[0]!;
}

/** What becomes of a schedule in another version. */
async function replayIn(
  { model, file }: LoadedModel,
  { counterexample }: ClaimResult,
  { given }: MatrixRow,
): Promise<ReplayDocument> {
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
  return replayDocumentOf(model, { ...schedule, scope }, answer.replays[0]!, process.cwd());
}
