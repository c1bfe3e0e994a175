import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import type { CheckProgress } from '../checker/check/check.ts';
import type { ScopeResult } from '../checker/check/result.ts';
import type { Scope } from '../checker/language/parameter.ts';
import type { RowOutcome } from '../checker/matrix/row-entry.ts';
import { lostResult } from '../checker/worker/lost-result.ts';
import { runInWorker } from '../checker/worker/run-in-worker.ts';
import type { ChecksProgress } from './checks-progress.ts';
import { errorOf, faultMessage, InternalFault } from './fault.ts';
import { claimsOf, type LoadedModel } from './loaded-model.ts';

/** A row that is to be checked; with a fault if it cannot be. */
export type PlannedRow = Pick<RowOutcome, 'row' | 'command' | 'scopes' | 'fault'>;

export interface RowsOptions {
  /** How many checks run at the same time. */
  readonly jobs: number;
  /** For all of them together. */
  readonly memoryBytesMax: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ChecksProgress) => void;
}

/**
 * Checks every scope of every row to its end, several at a time, each in a thread of its own. A
 * check that cannot run is the fault of its row, and the others go on. Once the signal is aborted,
 * what has not begun is left out.
 */
export async function runRows(
  loaded: LoadedModel,
  rows: readonly PlannedRow[],
  { jobs, memoryBytesMax, signal, onProgress }: RowsOptions,
): Promise<readonly RowOutcome[]> {
  // Each job listens to it while it runs.
  setMaxListeners(jobs, signal);
  const total = rows.reduce((sum, { scopes }) => sum + scopes.length, 0);
  const running = new Map<Scope, CheckProgress>();
  let done = 0;
  const tell = () => onProgress({ done, total, running: [...running.values()] });
  const share = { memoryBytesMax: Math.floor(memoryBytesMax / jobs), signal };
  const limit = pLimit(jobs);
  const one = (scope: Scope) =>
    limit(async () => {
      if (signal.aborted) return undefined;
      const result = await checkAlone(loaded, scope, share, (progress) => {
        running.set(scope, progress);
        tell();
      });
      running.delete(scope);
      done++;
      tell();
      return result;
    });
  return Promise.all(
    rows.map(async (planned) => {
      const ends = await Promise.allSettled(planned.scopes.map(one));
      const [failed] = ends.filter((end) => end.status === 'rejected');
      const fault = planned.fault ?? (failed && faultMessage(failed.reason));
      return {
        ...planned,
        results: ends.map((end) => (end.status === 'fulfilled' ? end.value : undefined)),
        ...(fault === undefined ? {} : { fault }),
      };
    }),
  );
}

/** Every claim in one scope, by one thread. */
async function checkAlone(
  loaded: LoadedModel,
  scope: Scope,
  { memoryBytesMax, signal }: Pick<RowsOptions, 'memoryBytesMax' | 'signal'>,
  onProgress: (progress: CheckProgress) => void,
): Promise<ScopeResult> {
  const { model, file } = loaded;
  const scopes = [scope];
  const options = { engine: 'compiled', limits: { memoryBytesMax }, keepGoing: true } as const;
  const answer = await runInWorker(
    { kind: 'check', model: file, scopes, options },
    { onProgress, signal, heapBytesMax: memoryBytesMax },
  );
  switch (answer.kind) {
    case 'checked':
      return answer.result.scopes[0]!;
    case 'lost': {
      const claims = claimsOf(loaded, scopes, []);
      return lostResult({ model, scopes, livenessScopes: [], engine: 'compiled', claims }, answer)
        .scopes[0]!;
    }
    case 'fault':
      throw errorOf(answer, file);
    case 'replayed':
      throw new InternalFault('the worker answered a check with a replay');
  }
}
