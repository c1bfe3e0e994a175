import { decodeSchedule } from '../checker/check/schedule.ts';
import type { Move } from '../checker/engine/engine.ts';
import { contendedRuns } from '../checker/generators/contended-runs.ts';
import { Machine } from '../checker/generators/machine.ts';
import { type Recording, record } from '../checker/generators/recording.ts';
import { buildSystem, completeScope } from '../checker/language/model.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { type Exhibit, type Run, viewOf } from '../checker/report/exhibit.ts';
import { htmlPage } from '../checker/report/html-page.ts';
import { traceText } from '../checker/report/trace-text.ts';
import { type LoadedModel, named } from './loaded-model.ts';
import { checkWritable, writeWhole } from './output-file.ts';
import type { ShowRequest } from './show-flags.ts';
import { UsageError } from './usage-error.ts';

const HTML_FLAG = '--output-file.html';

/** Shows runs as text or on a page; answers with the exit code. */
export function showCommand(loaded: LoadedModel, request: ShowRequest): number {
  const { html } = request;
  if (html !== undefined) checkWritable(HTML_FLAG, html);
  const exhibit = named(loaded.file, () => exhibitOf(loaded, request));
  if (html === undefined) process.stdout.write(textOf(exhibit));
  else writeWhole(HTML_FLAG, html, htmlPage(exhibit));
  return 0;
}

function exhibitOf(loaded: LoadedModel, request: ShowRequest): Exhibit {
  const { model } = loaded;
  const { schedule, seed, tries } = request;
  const runs = schedule === undefined ? randomRuns(loaded, request) : [runOf(loaded, schedule)];
  return {
    model: { name: model.name, version: model.version, summary: model.summary },
    verdict: 'SHOWN',
    command: `show ${schedule ?? `--seed ${seed}`}`,
    extent:
      schedule === undefined
        ? `the most contended of ${tries} random runs with seed ${seed}`
        : 'the run of a schedule',
    claims: [],
    runs,
    notModelled: model.notModelled ?? [],
  };
}

function randomRuns(loaded: LoadedModel, request: ShowRequest): readonly Run[] {
  const { given, seed, tries, runs, steps } = request;
  const scope = completeScope(loaded.model.parameters, given);
  const search = { seed, tries, kept: runs, stepsMax: steps };
  return contendedRuns(buildSystem(loaded.model, scope), search).map(({ moves, meetings }, i) => ({
    name: `run ${i + 1} (${meetings} meetings)`,
    ...viewOf(loaded.model, scope),
    recording: recordingOf(loaded, scope, moves),
  }));
}

function runOf(loaded: LoadedModel, text: string): Run {
  const { scope, claim, moves } = decodeSchedule(text, loaded.model);
  return {
    name: claim,
    ...viewOf(loaded.model, scope),
    recording: recordingOf(loaded, scope, moves),
  };
}

function recordingOf({ model }: LoadedModel, scope: Scope, moves: readonly Move[]): Recording {
  try {
    return record(new Machine(buildSystem(model, scope)), moves).recording;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${error.message}; expected one of this model (replay says more)`);
  }
}

function textOf({ model, extent, runs }: Exhibit): string {
  const blocks = runs.map(({ name, scope, recording }) => [
    `${name}: ${recording.steps.length} steps; ${scope}`,
    '',
    ...traceText(
      recording.steps.map(({ trace }) => trace),
      'none',
    ),
    '',
    brokenText(recording),
    '',
  ]);
  return [`show ${model.name}: ${extent}`, '', ...blocks.flat()].join('\n');
}

function brokenText({ start, steps }: Recording): string {
  const at = [start, ...steps].findIndex(({ broken }) => broken.length > 0);
  const [first] = (at === 0 ? start : steps[at - 1])?.broken ?? [];
  return first === undefined
    ? 'No claim is broken.'
    : `Step ${at} breaks ${first.claim}: ${first.because}`;
}
