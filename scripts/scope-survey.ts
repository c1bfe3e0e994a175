import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import type { CheckOptions } from '../checker/check/check.ts';
import type { ScopeResult, Verdict } from '../checker/check/result.ts';
import type { ModelFile } from '../checker/worker/import-model.ts';
import { runInWorker } from '../checker/worker/run-in-worker.ts';
import type { KvmScope } from '../model/parameters.ts';
import { COLUMNS, type Column, type MutatedCheck, mutatedChecks } from './default-columns.ts';
import { errorOf, InternalFault } from './fault.ts';

/** What one default scope costs. */
export interface Size {
  readonly column: Column;
  readonly verdict: Verdict;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Of all threads, start of the worker included. */
  readonly cpuSeconds: number;
  /** From the start of the worker to its answer. */
  readonly wallSeconds: number;
}

/** What one claim, or all of them, says of one mutation in one default scope. */
export interface Finding extends MutatedCheck {
  readonly verdict: Verdict;
  /** Claims that fail, with the length of a shortest schedule. */
  readonly violated: ReadonlyMap<string, number>;
}

export interface SurveyOptions {
  readonly file: ModelFile;
  /** How many checks with mutations run at the same time. */
  readonly jobs: number;
  /** For all of them together. */
  readonly memoryBytesMax: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** What each check needs to run. */
type Run = Pick<SurveyOptions, 'file' | 'memoryBytesMax' | 'signal'>;

/**
 * Checks the default scopes, one after the other so that their seconds mean something, and then
 * every mutation in each of them that meets what it needs, several at a time.
 *
 * @throws the reason of the signal once that is aborted
 */
export async function survey(
  options: SurveyOptions,
): Promise<{ readonly sizes: readonly Size[]; readonly findings: readonly Finding[] }> {
  const checks = mutatedChecks();
  // Each job listens to it while it runs.
  setMaxListeners(options.jobs, options.signal);
  const total = COLUMNS.length + checks.length;
  let done = 0;
  const counted = <T>(value: T): T => {
    options.onProgress(++done, total);
    return value;
  };
  const sizes: Size[] = [];
  for (const column of COLUMNS) sizes.push(counted(await measure(column, options)));
  const share = { ...options, memoryBytesMax: Math.floor(options.memoryBytesMax / options.jobs) };
  const findings = await pLimit(options.jobs).map(checks, async (check) =>
    counted(await judge(check, share)),
  );
  return { sizes, findings };
}

async function measure(column: Column, run: Run): Promise<Size> {
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const { verdict, states, transitions, depth } = await check(column.scope, {}, run);
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    column,
    verdict,
    states,
    transitions,
    depth,
    cpuSeconds: (user + system) / 1e6,
    wallSeconds: (performance.now() - startedAt) / 1000,
  };
}

async function judge(mutated: MutatedCheck, run: Run): Promise<Finding> {
  const { scope, claim } = mutated;
  const only = claim === undefined ? {} : { only: [claim] };
  const { verdict, claims } = await check(scope, only, run);
  const violated = claims.flatMap(({ id, counterexample }) =>
    counterexample === undefined ? [] : [[id, counterexample.steps.length] as const],
  );
  return { ...mutated, verdict, violated: new Map(violated) };
}

type Outcome = Pick<ScopeResult, 'verdict' | 'states' | 'transitions' | 'depth' | 'claims'>;

async function check(
  scope: KvmScope,
  only: Pick<CheckOptions, 'only'>,
  { file, memoryBytesMax, signal }: Run,
): Promise<Outcome> {
  signal.throwIfAborted();
  const options = { engine: 'compiled', limits: { memoryBytesMax }, keepGoing: false } as const;
  const answer = await runInWorker(
    { kind: 'check', model: file, scopes: [scope], options: { ...options, ...only } },
    { onProgress: () => {}, signal, heapBytesMax: memoryBytesMax },
  );
  signal.throwIfAborted();
  switch (answer.kind) {
    case 'checked':
      return answer.result.scopes[0]!;
    case 'lost':
      return { verdict: 'STOPPED', states: 0, transitions: 0, depth: 0, claims: [] };
    case 'fault':
      throw errorOf(answer, file);
    case 'replayed':
      throw new InternalFault('the worker answered a check with a replay');
  }
}
