import { decodeSchedule } from '../checker/check/schedule.ts';
import { replayDocumentOf, replayText } from '../checker/report/replay-report.ts';
import { runInWorker } from '../checker/worker/run-in-worker.ts';
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
  const { model, file } = loaded;
  const schedule = decodeSchedule(text, model);
  const { scope, claim, moves } = schedule;
  const ids = claimsOf(loaded, [scope]).map(({ id }) => id);
  if (!ids.includes(claim)) {
    throw new UsageError(`schedule is of claim ${claim}; expected one of ${ids.join(', ')}`);
  }
  const answer = await runInWorker(
    { kind: 'replay', model: file, scope, claim, moves },
    {
      onProgress: () => {},
      signal: abortOnInterrupt(),
      heapBytesMax: process.availableMemory(),
    },
  );
  switch (answer.kind) {
    case 'replayed': {
      const document = replayDocumentOf(model, schedule, answer.replay, process.cwd());
      process.stdout.write(
        flags.json
          ? `${JSON.stringify(document, null, 2)}\n`
          : replayText(document, paintFor(process.stdout, flags.color)),
      );
      return document.exitCode;
    }
    case 'lost':
      if (answer.reason === 'interrupt') return EXIT_INTERRUPTED;
      throw new UsageError('the replay ran out of memory; expected more of it');
    case 'fault':
      throw errorOf(answer, file);
    case 'checked':
      throw new InternalFault('the worker answered a replay with a check');
  }
}
