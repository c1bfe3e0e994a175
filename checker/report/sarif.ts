import { createHash } from 'node:crypto';
import type { Log, Notification, ReportingDescriptor, Result, ThreadFlow } from 'sarif';
import type { TraceStep } from '../check/result.ts';
import type { Site } from '../language/site.ts';
import {
  type CheckDocument,
  type ClaimEntry,
  type CounterexampleEntry,
  stepsOf,
} from './document.ts';
import { stepTitle } from './step-title.ts';
import { violationsOf } from './violations.ts';

/**
 * SARIF 2.1.0: a rule for each claim and a result for each violation. The code flow is the
 * schedule: a thread flow for each thread, in the lines of the model, with the order of all steps
 * in `executionOrder`.
 */
export function sarifReport(document: CheckDocument): string {
  const { verdict, exitCode, command, claims, model } = document;
  const decided = verdict === 'VIOLATED' || exitCode === 0;
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'kvm-interleave', rules: claims.map(ruleOf) } },
        automationDetails: { id: `${model.name}/` },
        invocations: [
          {
            commandLine: command,
            executionSuccessful: decided,
            exitCode,
            toolExecutionNotifications: decided ? [] : [notDecided(document)],
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: violationsOf(document).map((found) => resultOf(found, document)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf({ id, sentence, source, blindSpot }: ClaimEntry): ReportingDescriptor {
  const help = [
    ...(source === null ? [] : [`Source: ${source}`]),
    ...(blindSpot === null ? [] : [`What it would not catch: ${blindSpot}`]),
  ];
  return {
    id,
    shortDescription: { text: sentence },
    ...(help.length === 0 ? {} : { help: { text: help.join('\n') } }),
    defaultConfiguration: { level: 'error' },
  };
}

function notDecided({ verdict }: CheckDocument): Notification {
  return {
    level: 'error',
    message: { text: `The check ended with ${verdict}: claims without a result are not proved.` },
  };
}

function resultOf(found: CounterexampleEntry, { claims, model }: CheckDocument): Result {
  const { claim, because, schedule, replay } = found;
  const steps = stepsOf(found);
  const ruleIndex = claims.findIndex(({ id }) => id === claim);
  const last = steps.at(-1);
  const where = last === undefined ? '' : ` at ${stepTitle(last)} of ${last.thread}`;
  const text = `${claim} fails${where}: ${because}. ${claims[ruleIndex]?.sentence ?? ''}`;
  return {
    ruleId: claim,
    ruleIndex,
    level: 'error',
    message: { text: `${text.trimEnd()} Reproduce: ${replay}` },
    locations: last === undefined ? [] : placesOf(last),
    partialFingerprints: { 'claimAndStep/v1': fingerprint(model.name, claim, last) },
    codeFlows: steps.length === 0 ? [] : [{ threadFlows: threadFlowsOf(steps) }],
    properties: { schedule },
  };
}

/** The same for the same claim that fails in the same step, wherever that stands by now. */
function fingerprint(model: string, claim: string, last: TraceStep | undefined): string {
  const step = last === undefined ? '' : stepTitle(last);
  return createHash('sha256').update([model, claim, step].join('\n')).digest('hex');
}

function threadFlowsOf(steps: readonly TraceStep[]): ThreadFlow[] {
  const threads = [...new Set(steps.map(({ thread }) => thread))];
  return threads.map((thread) => ({
    id: thread,
    locations: steps.flatMap((step, i) => {
      if (step.thread !== thread) return [];
      const text = `${i + 1}. ${thread}: ${stepTitle(step)}: ${whatHappened(step)}`;
      const [place = {}] = placesOf(step);
      return [{ executionOrder: i + 1, location: { ...place, message: { text } } }];
    }),
  }));
}

function whatHappened({ operations }: TraceStep): string {
  return operations
    .map(({ action, result }) => (result === undefined ? action : `${action} gives ${result}`))
    .join('; ');
}

function placesOf({ operations }: TraceStep): { physicalLocation: object }[] {
  const site = operations.at(-1)?.site;
  return site === undefined ? [] : [{ physicalLocation: physicalLocation(site) }];
}

function physicalLocation({ file, line }: Site) {
  return {
    artifactLocation: { uri: encodeURI(file), uriBaseId: '%SRCROOT%' },
    region: { startLine: line },
  };
}
