import type { ClaimOutline } from '../checker/check/claim-results.ts';
import type { CheckResult } from '../checker/check/result.ts';
import { ModelError } from '../checker/language/model-error.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { documentOf } from '../checker/report/document.ts';
import { headline } from '../checker/report/headline.ts';
import { textReport } from '../checker/report/text-report.ts';
import { lostResult } from '../checker/worker/lost-result.ts';
import { runInWorker } from '../checker/worker/run-in-worker.ts';
import type { CheckFlags } from './command-line.ts';
import { InternalFault } from './fault.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { claimsOf, type LoadedModel, scopesOf } from './loaded-model.ts';
import { paintFor } from './paint.ts';
import { progressView } from './progress-view.ts';
import { commandsFor } from './reproduction.ts';
import { UsageError } from './usage-error.ts';

/** Runs a check and prints its report; answers with the exit code. */
export async function checkCommand(
  loaded: LoadedModel,
  flags: CheckFlags,
  given: Partial<Scope>,
): Promise<number> {
  const scopes = scopesOf(loaded, given);
  const claims = claimsOf(loaded, scopes);
  const ids = claims.map(({ id }) => id);
  const unknown = flags.only?.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    throw new UsageError(`--only ${unknown}: expected some of ${ids.join(', ')}`);
  }
  const judged = claims.filter(({ id, kind }) => isJudged(id, kind, flags.only));
  const commands = commandsFor(flags, given, loaded.path, process.cwd());
  if (!flags.json) {
    const model = loaded.model.name;
    const subject = { model, scopes, claimCount: judged.length, command: commands.command };
    process.stdout.write(`${headline(subject)}\n\n`);
  }

  const { engine } = flags;
  const result = await search(loaded, flags, scopes, (lost) =>
    lostResult({ model: loaded.model, scopes, engine, claims: judged }, lost),
  );
  const document = documentOf(result, { scopes, ...commands });
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(document, null, 2)}\n`
      : textReport(document, paintFor(process.stdout, flags.color)),
  );
  return document.exitCode;
}

/** Assertions and deadlock are always judged. */
function isJudged(id: string, kind: ClaimOutline['kind'], only: CheckFlags['only']): boolean {
  return only === undefined || kind === 'assertion' || kind === 'deadlock' || only.includes(id);
}

async function search(
  { file }: LoadedModel,
  { only, engine, limits, keepGoing }: CheckFlags,
  scopes: readonly Scope[],
  whenLost: (lost: Parameters<typeof lostResult>[1]) => CheckResult,
): Promise<CheckResult> {
  const view = progressView(process.stderr, scopes.length);
  const interrupt = abortOnInterrupt();
  const options = { engine, limits, keepGoing, ...(only === undefined ? {} : { only }) };
  try {
    const answer = await runInWorker(
      { kind: 'check', model: file, scopes, options },
      {
        onProgress: (progress) => view.show(progress),
        signal: interrupt.signal,
        heapBytesMax: limits.memoryBytesMax ?? Number.POSITIVE_INFINITY,
      },
    );
    switch (answer.kind) {
      case 'checked':
        return answer.result;
      case 'lost':
        return whenLost(answer);
      case 'fault':
        throw answer.fault === 'model'
          ? new ModelError(`${file.shownAs}: ${answer.message}`)
          : new InternalFault(answer.message);
      case 'replayed':
        throw new InternalFault('the worker answered a check with a replay');
    }
  } finally {
    view.end();
    interrupt.end();
  }
}
