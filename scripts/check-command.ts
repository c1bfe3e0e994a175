import type { ClaimOutline } from '../checker/check/claim-results.ts';
import type { CheckResult } from '../checker/check/result.ts';
import { notClaimedIn } from '../checker/language/model.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { documentOf } from '../checker/report/document.ts';
import type { Acceptable } from '../checker/report/exit-code.ts';
import { headline } from '../checker/report/headline.ts';
import { type CheckSubject, lostResult } from '../checker/worker/lost-result.ts';
import { runInWorker } from '../checker/worker/run-in-worker.ts';
import type { CheckFlags } from './command-line.ts';
import { errorOf, InternalFault } from './fault.ts';
import { tellGithub } from './github-actions.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { claimsOf, type LoadedModel, scopesOf } from './loaded-model.ts';
import { progressView } from './progress-view.ts';
import { ReportOutput } from './report-output.ts';
import { commandsFor } from './reproduction.ts';
import { TOOL } from './tool.ts';
import { UsageError } from './usage-error.ts';

/** Runs a check and writes its reports; answers with the exit code. */
export async function checkCommand(
  loaded: LoadedModel,
  flags: CheckFlags,
  given: Partial<Scope>,
): Promise<number> {
  const subject = subjectOf(loaded, flags, given);
  const output = new ReportOutput(flags.reports, process.stdout, flags.color);
  const commands = commandsFor(flags, given, loaded.path, process.cwd());
  // Not before the model is built: while code of its author runs here, Ctrl-C has to kill.
  const signal = abortOnInterrupt();
  output.begin(headline(subject, commands.command));
  const result = await search(loaded, flags, subject, signal);
  const document = documentOf(result, { tool: TOOL, scopes: subject.scopes, ...commands });
  output.end(document, loaded.model, flags.tabs);
  tellGithub(document, process.env, process.stderr);
  return document.exitCode;
}

function subjectOf(
  loaded: LoadedModel,
  { only, engine, simulation, accepts }: CheckFlags,
  given: Partial<Scope>,
): CheckSubject & { readonly accepts: Acceptable | null } {
  const scopes = scopesOf(loaded, given);
  const claims = claimsOf(loaded, scopes);
  const ids = claims.map(({ id }) => id);
  const unknown = only?.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    const reason = notClaimedIn(loaded.model, scopes)[unknown];
    if (reason !== undefined)
      throw new UsageError(`--only ${unknown}: not claimed here: ${reason}`);
    throw new UsageError(`--only ${unknown}: expected some of ${ids.join(', ')}`);
  }
  return {
    model: loaded.model,
    scopes,
    engine: simulation === undefined ? engine : 'simulation',
    accepts: accepts ?? null,
    claims: claims.filter((claim) => isJudged(claim, only)),
  };
}

/** Assertions and deadlock are always judged. */
function isJudged({ id, kind }: ClaimOutline, only: CheckFlags['only']): boolean {
  return only === undefined || kind === 'assertion' || kind === 'deadlock' || only.includes(id);
}

async function search(
  { file }: LoadedModel,
  { only, engine, limits, keepGoing, workers, symmetry, simulation, ...flags }: CheckFlags,
  subject: CheckSubject,
  signal: AbortSignal,
): Promise<CheckResult> {
  const { scopes } = subject;
  const options = {
    ...{ engine, symmetry, limits, keepGoing, ledger: true },
    shrink: flags.shrink || flags.reports.some(({ reporter }) => reporter === 'lkml'),
    ...(only === undefined ? {} : { only }),
    ...(simulation === undefined ? {} : { simulation }),
  };
  const view = progressView(process.stderr, scopes.length);
  const answer = await runInWorker(
    { kind: 'check', model: file, scopes, options },
    {
      onProgress: (progress) => view.show(progress),
      signal,
      workers: simulation === undefined ? workers : 1,
      heapBytesMax: limits.memoryBytesMax ?? process.availableMemory(),
    },
  ).finally(() => view.end());
  switch (answer.kind) {
    case 'checked':
      return answer.result;
    case 'lost':
      return lostResult(subject, answer);
    case 'fault':
      throw errorOf(answer, file);
    case 'replayed':
      throw new InternalFault('the worker answered a check with a replay');
  }
}
