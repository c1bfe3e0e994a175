import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import type { CheckProgress } from '../checker/check/check.ts';
import type { Part, ScopeResult } from '../checker/check/result.ts';
import type { RowOutcome } from '../checker/matrix/row-entry.ts';
import { lostResult } from '../checker/worker/lost-result.ts';
import { runInWorker } from '../checker/worker/run-in-worker.ts';
import type { ChecksProgress } from './checks-progress.ts';
import { errorOf, faultMessage, InternalFault } from './fault.ts';
import type { LoadedModel } from './loaded-model.ts';
import type { RowPlan } from './row-plan.ts';

export interface RowsOptions {
  /** How many rows are checked at the same time. */
  readonly jobs: number;
  /** For all of them together. */
  readonly memoryBytesMax: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ChecksProgress) => void;
}

/**
 * Checks every row to its end, several at a time, each in a thread of its own. A check that cannot
 * run is the fault of its row, and the others go on. Once the signal is aborted, what has not begun
 * is left out.
 */
export async function runRows(
  loaded: LoadedModel,
  plans: readonly RowPlan[],
  { jobs, memoryBytesMax, signal, onProgress }: RowsOptions,
): Promise<readonly RowOutcome[]> {
  // Each job listens to it while it runs.
  setMaxListeners(jobs, signal);
  const total = plans.reduce((sum, { searches }) => sum + searches.length, 0);
  const running = new Map<RowPlan, CheckProgress>();
  let ended = 0;
  const tell = () => {
    const progress = [...running.values()];
    const done = progress.reduce((sum, { scope }) => sum + scope, ended);
    onProgress({ done, total, running: progress });
  };
  const share = { memoryBytesMax: Math.floor(memoryBytesMax / jobs), signal };
  return pLimit(jobs).map(plans, async (plan) => {
    if (signal.aborted || plan.fault !== undefined) return { ...plan, results: [] };
    try {
      const results = await checkRow(loaded, plan, share, (progress) => {
        running.set(plan, progress);
        tell();
      });
      return { ...plan, results };
    } catch (error) {
      return { ...plan, results: [], fault: faultMessage(error) };
    } finally {
      running.delete(plan);
      ended += plan.searches.length;
      tell();
    }
  });
}

/** All searches of a row, by one thread. */
async function checkRow(
  { model, file }: LoadedModel,
  { searches, claims }: RowPlan,
  { memoryBytesMax, signal }: Pick<RowsOptions, 'memoryBytesMax' | 'signal'>,
  onProgress: (progress: CheckProgress) => void,
): Promise<readonly ScopeResult[]> {
  const of = (part: Part) => searches.filter((one) => one.part === part).map(({ scope }) => scope);
  const [scopes, livenessScopes] = [of('safety'), of('liveness')];
  const limits = { memoryBytesMax };
  const options = { engine: 'compiled', limits, keepGoing: true, livenessScopes } as const;
  const answer = await runInWorker(
    { kind: 'check', model: file, scopes, options },
    { onProgress, signal, heapBytesMax: memoryBytesMax },
  );
  switch (answer.kind) {
    case 'checked':
      return answer.result.scopes;
    case 'lost': {
      const subject = { model, scopes, livenessScopes, engine: 'compiled', claims };
      return lostResult(subject, answer).scopes;
    }
    case 'fault':
      throw errorOf(answer, file);
    case 'replayed':
      throw new InternalFault('the worker answered a check with a replay');
  }
}
