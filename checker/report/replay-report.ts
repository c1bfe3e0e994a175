import type { LoopReport, TraceStep } from '../check/result.ts';
import type { Schedule } from '../check/schedule.ts';
import type { Replay } from '../generators/replay.ts';
import type { Model } from '../language/model.ts';
import type { Scope } from '../language/parameter.ts';
import { seenFrom } from './document.ts';
import { REPLAY_EXIT_CODE } from './exit-code.ts';
import { showScope } from './headline.ts';
import { lassoTrace, loopLines } from './lasso-text.ts';
import type { Paint, Tone } from './paint.ts';
import { traceText } from './trace-text.ts';

/** What became of a schedule, for machines. */
export interface ReplayDocument {
  readonly schema: { readonly name: 'replay-result'; readonly version: 1 };
  readonly result: Replay['result'];
  readonly exitCode: number;
  readonly model: { readonly name: string; readonly version: string };
  /** The version of the model in which the schedule was found. */
  readonly foundIn: string;
  readonly scope: Scope;
  readonly claim: string;
  /** What exactly failed; null unless it is reproduced. */
  readonly because: string | null;
  /** Where the schedule left the model, from step 1; null unless it diverged. */
  readonly diverged: {
    readonly step: number;
    readonly expected: string;
    readonly found: string;
  } | null;
  /** As far as it could be followed; for a claim over infinite runs that fails, up to the loop. */
  readonly steps: readonly TraceStep[];
  /** What goes on for ever; null unless it is a claim over infinite runs and fails. */
  readonly loop: LoopReport | null;
}

/** Derives the document from an answer. `directory`: as in `ReportContext`. */
export function replayDocumentOf(
  { name, version }: Pick<Model, 'name' | 'version'>,
  { scope, claim, foundIn }: Schedule,
  replay: Replay,
  directory: string,
): ReplayDocument {
  const loop = replay.result === 'reproduced' ? replay.loop : undefined;
  return {
    schema: { name: 'replay-result', version: 1 },
    result: replay.result,
    exitCode: REPLAY_EXIT_CODE[replay.result],
    model: { name, version },
    foundIn,
    scope,
    claim,
    because: replay.result === 'reproduced' ? replay.because : null,
    diverged:
      replay.result === 'diverged'
        ? { step: replay.at + 1, expected: replay.expected, found: replay.found }
        : null,
    steps: seenFrom(directory, replay.steps),
    loop: loop === undefined ? null : { ...loop, steps: seenFrom(directory, loop.steps) },
  };
}

const LOOP_COLUMN = 15;

const TONES: Readonly<Record<Replay['result'], Tone>> = {
  reproduced: 'bad',
  fixed: 'good',
  diverged: 'unsure',
};

/** The answer that people read: what was replayed, the trace if the claim fails, the answer. */
export function replayText(document: ReplayDocument, paint: Paint): string {
  const { model, foundIn, scope, claim, result } = document;
  const changed = foundIn === model.version ? '' : ` (found in version ${foundIn})`;
  const shown = showScope(scope);
  const head = `replay ${model.name} ${model.version}${changed}${shown === '' ? '' : `: ${shown}`}`;
  return [
    `${head}; claim ${claim}`,
    '',
    ...(result === 'reproduced' ? [...failureLines(document), ''] : []),
    outcomeLine(document, paint),
    '',
  ].join('\n');
}

function failureLines({ steps, loop }: ReplayDocument): string[] {
  if (loop === null) return traceText(steps);
  return [...lassoTrace(steps, loop.steps), '', ...loopLines(loop.steps, loop, LOOP_COLUMN)];
}

/** The answer in one line. */
export function outcomeLine(document: ReplayDocument, paint: Paint): string {
  const { result } = document;
  return `${paint(TONES[result], result)}${outcomeText(document)}`;
}

function outcomeText({ claim, because, diverged, steps }: ReplayDocument): string {
  if (because !== null) return `: ${claim} fails: ${because}`;
  if (diverged === null) return `: all ${steps.length} steps run, and ${claim} holds`;
  return ` at step ${diverged.step}: expected ${diverged.expected}, found ${diverged.found}`;
}
