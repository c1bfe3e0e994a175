import type { ClaimOutline } from '../checker/check/claim-results.ts';
import type { CheckResult } from '../checker/check/result.ts';
import { notClaimedIn } from '../checker/language/model.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { documentOf } from '../checker/report/document.ts';
import type { Acceptable } from '../checker/report/exit-code.ts';
import { headline, type Subject } from '../checker/report/headline.ts';
import type { ReporterName } from '../checker/report/reporters.ts';
import { type CheckSubject, lostResult } from '../checker/worker/lost-result.ts';
import { runInWorker } from '../checker/worker/run-in-worker.ts';
import { CheckBaseline } from './check-baseline.ts';
import type { CheckFlags } from './command-line.ts';
import { errorOf, InternalFault } from './fault.ts';
import { tellGithub } from './github-actions.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { claimsOf, type LoadedModel, livenessScopesOf, scopesOf } from './loaded-model.ts';
import { progressView } from './progress-view.ts';
import { ReportOutput } from './report-output.ts';
import { checkWords, commandsFor } from './reproduction.ts';
import { TOOL } from './tool.ts';
import { UsageError } from './usage-error.ts';

/** Reports for people who may have to defend a schedule: it should be as small as it can be. */
const SHRUNK: readonly ReporterName[] = ['lkml', 'reply'];

/** Runs a check and writes its reports; answers with the exit code. */
export async function checkCommand(
  loaded: LoadedModel,
  flags: CheckFlags,
  given: Partial<Scope>,
): Promise<number> {
  const subject = subjectOf(loaded, flags, given);
  const output = new ReportOutput(flags.reports, process.stdout, flags.color);
  const commands = commandsFor(flags, given, loaded.path, process.cwd());
  const baseline =
    flags.baseline && new CheckBaseline(loaded, flags.baseline, checkWords(flags, given));
  // Not before the model is built: while code of its author runs here, Ctrl-C has to kill.
  const signal = abortOnInterrupt();
  output.begin(headline(subject, commands.command));
  const result = await search(loaded, flags, subject, signal);
  const document = documentOf(result, {
    tool: TOOL,
    ...planOf(subject),
    ...commands,
    baseline: baseline?.compare(result) ?? null,
  });
  output.end(document, loaded.model, flags.tabs);
  tellGithub(document, process.env, process.stderr);
  if (baseline === undefined || !flags.baseline?.update) return document.exitCode;
  if (!baseline.record(result)) {
    process.stderr.write('not recorded: expected a check that was searched to its end\n');
    return document.exitCode;
  }
  process.stderr.write(`recorded in ${baseline.shownAs}\n`);
  return 0;
}

function planOf({ scopes, livenessScopes, leavesOutLiveness = false }: CheckSubject & Subject) {
  return { scopes, livenessScopes, leavesOutLiveness };
}

function subjectOf(
  loaded: LoadedModel,
  flags: CheckFlags,
  given: Partial<Scope>,
): CheckSubject & Subject & { readonly accepts: Acceptable | null } {
  const { only, engine, simulation, accepts } = flags;
  const [scopes, livenessScopes] = [scopesOf(loaded, given), livenessScopesOf(loaded, given)];
  const all = claimsOf(loaded, scopes, livenessScopes);
  const ids = all.map(({ id }) => id);
  const unknown = only?.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    const reason = notClaimedIn(loaded.model, scopes)[unknown];
    if (reason !== undefined)
      throw new UsageError(`--only ${unknown}: not claimed here: ${reason}`);
    throw new UsageError(`--only ${unknown}: expected some of ${ids.join(', ')}`);
  }
  const named = all.filter(({ id }) => only?.includes(id) ?? true);
  const hasLiveness = named.some(isLiveness);
  refuseClashes(loaded, flags, hasLiveness);
  // A walk that ends early says nothing of infinite runs.
  const judgesLiveness = hasLiveness && flags.liveness !== false && simulation === undefined;
  // Who names nothing but claims over infinite runs wants nothing else.
  const judgesSafety = !judgesLiveness || !named.every(isLiveness);
  const judged = {
    scopes: judgesSafety ? scopes : [],
    livenessScopes: judgesLiveness ? livenessScopes : [],
  };
  return {
    model: loaded.model,
    ...judged,
    leavesOutLiveness: hasLiveness && !judgesLiveness,
    engine: simulation === undefined ? engine : 'simulation',
    accepts: accepts ?? null,
    // Each scope may declare claims of its own.
    claims: claimsOf(loaded, judged.scopes, judged.livenessScopes).filter((claim) =>
      isJudged(claim, only),
    ),
  };
}

/** Flags that would have to be ignored to go on. */
function refuseClashes(
  { model }: LoadedModel,
  { liveness, symmetry, simulation }: CheckFlags,
  hasLiveness: boolean,
): void {
  if (liveness === true && !hasLiveness) {
    throw new UsageError(
      `--liveness: ${model.name} claims nothing over infinite runs, or --only leaves it out; ` +
        'expected a model and claims that do',
    );
  }
  if (liveness === true && simulation !== undefined) {
    throw new UsageError(
      '--liveness: --simulate walks for a while, which says nothing of infinite runs; ' +
        'expected one of the two',
    );
  }
  if (symmetry === 'required' && hasLiveness && liveness !== false) {
    throw new UsageError(
      '--symmetry: it does not preserve claims over infinite runs, as a cycle of states up to ' +
        'renaming need not be one of states; expected --no-liveness with it',
    );
  }
}

function isLiveness({ kind }: ClaimOutline): boolean {
  return kind === 'liveness';
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
  const { scopes, livenessScopes } = subject;
  const options = {
    ...{ engine, symmetry, limits, keepGoing, livenessScopes, ledger: true },
    shrink: flags.shrink || flags.reports.some(({ reporter }) => SHRUNK.includes(reporter)),
    ...(only === undefined ? {} : { only }),
    ...(simulation === undefined ? {} : { simulation }),
  };
  const view = progressView(process.stderr, scopes.length + livenessScopes.length);
  const answer = await runInWorker(
    { kind: 'check', model: file, scopes, options, forecasts: true },
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
