import { decodeSchedule, type Schedule } from '../checker/check/schedule.ts';
import type { Replay } from '../checker/generators/replay.ts';
import { corpusDocumentOf, corpusText } from '../checker/report/corpus-report.ts';
import { replayDocumentOf, replayText } from '../checker/report/replay-report.ts';
import { runInWorker } from '../checker/worker/run-in-worker.ts';
import { readCorpus } from './corpus.ts';
import { errorOf, InternalFault } from './fault.ts';
import { abortOnInterrupt, EXIT_INTERRUPTED } from './interrupt.ts';
import { claimsOf, type LoadedModel } from './loaded-model.ts';
import { paintFor } from './paint.ts';
import { UsageError } from './usage-error.ts';

/** How a replay is to be printed. */
export interface ReplayFlags {
  readonly json: boolean;
  readonly color?: boolean;
}

/** Runs a schedule again and prints what became of it; answers with the exit code. */
export async function replayCommand(
  loaded: LoadedModel,
  text: string,
  flags: ReplayFlags,
): Promise<number> {
  const schedule = decodeSchedule(text, loaded.model);
  refuseUnknownClaim(loaded, schedule, 'schedule');
  const replays = await replayAll(loaded, [schedule]);
  if (replays === 'interrupted') return EXIT_INTERRUPTED;
  const document = replayDocumentOf(loaded.model, schedule, replays[0]!, process.cwd());
  print(document, flags, () => replayText(document, paintFor(process.stdout, flags.color)));
  return document.exitCode;
}

/** Runs every schedule of a file again; answers with the exit code. */
export async function corpusCommand(
  loaded: LoadedModel,
  path: string,
  flags: ReplayFlags,
): Promise<number> {
  const entries = readCorpus(path, loaded.model);
  for (const { line, schedule } of entries) {
    refuseUnknownClaim(loaded, schedule, `${path}:${line}: schedule`);
  }
  const replays = await replayAll(
    loaded,
    entries.map(({ schedule }) => schedule),
  );
  if (replays === 'interrupted') return EXIT_INTERRUPTED;
  const answers = entries.map(({ line, schedule }, i) => ({
    line,
    ...replayDocumentOf(loaded.model, schedule, replays[i]!, process.cwd()),
  }));
  const document = corpusDocumentOf(loaded.model, path, answers);
  print(document, flags, () => corpusText(document, paintFor(process.stdout, flags.color)));
  return document.exitCode;
}

/**
 * Checks that a schedule is of a claim that its scope makes.
 *
 * @throws UsageError if it is not
 */
export function refuseUnknownClaim(
  loaded: LoadedModel,
  { scope, claim, loop }: Schedule,
  what: string,
): void {
  const outline = claimsOf(loaded, [scope], [scope]);
  const ids = outline.map(({ id }) => id);
  const kind = outline.find(({ id }) => id === claim)?.kind;
  if (kind === undefined) {
    throw new UsageError(`${what} is of claim ${claim}; expected one of ${ids.join(', ')}`);
  }
  if ((kind === 'liveness') !== (loop !== undefined)) {
    const expected = kind === 'liveness' ? 'moves and a loop' : 'moves without a loop';
    throw new UsageError(`${what} is of the ${kind} claim ${claim}; expected ${expected}`);
  }
}

async function replayAll(
  { file }: LoadedModel,
  schedules: readonly Schedule[],
): Promise<readonly Replay[] | 'interrupted'> {
  const answer = await runInWorker(
    { kind: 'replay', model: file, schedules },
    {
      onProgress: () => {},
      signal: abortOnInterrupt(),
      heapBytesMax: process.availableMemory(),
    },
  );
  switch (answer.kind) {
    case 'replayed':
      return answer.replays;
    case 'lost':
      if (answer.reason === 'interrupt') return 'interrupted';
      throw new UsageError('the replay ran out of memory; expected more of it');
    case 'fault':
      throw errorOf(answer, file);
    case 'checked':
      throw new InternalFault('the worker answered a replay with a check');
  }
}

function print(document: object, { json }: ReplayFlags, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : text());
}
