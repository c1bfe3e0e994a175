import type { TraceStep } from '../check/result.ts';
import type { Lane } from '../language/lane.ts';
import { type CheckDocument, type CounterexampleEntry, stepsOf } from './document.ts';
import { showScope } from './headline.ts';
import { stepTitle } from './step-title.ts';
import { violationsOf } from './violations.ts';

/** What one step takes on the time axis. A schedule has an order and no times. */
const STEP_US = 10;

const THREADS = 1;
const MEMORY = 2;

/** An event of the Trace Event Format; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  /** M: metadata, X: a span, i: an instant. */
  readonly ph: 'M' | 'X' | 'i';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  /** Of an instant: it is drawn across all lanes. */
  readonly s?: 'g';
  readonly args?: Readonly<Record<string, unknown>>;
}

/** What is drawn from `start` on, until `end`: both are numbers of steps. */
interface Span {
  readonly name: string;
  readonly start: number;
  end: number;
  readonly args?: Readonly<Record<string, unknown>>;
}

/**
 * The shortest counterexample as a Chrome trace, which Perfetto opens: a lane for each thread with
 * its functions and steps, and a lane for each part of the memory that the model names, or else for
 * each variable that changes.
 */
export function timeline(document: CheckDocument): string {
  const [found] = violationsOf(document);
  const trace = {
    traceEvents: found === undefined ? [] : eventsOf(found),
    displayTimeUnit: 'ms',
    otherData: {
      model: `${document.model.name} ${document.model.version}`,
      verdict: document.verdict,
      ...(found === undefined
        ? {}
        : { scope: showScope(found.scope), claim: found.claim, replay: found.replay }),
    },
  };
  return `${JSON.stringify(trace, null, 1)}\n`;
}

function eventsOf(found: CounterexampleEntry): TraceEvent[] {
  const { claim, because } = found;
  const steps = stepsOf(found);
  const threads = [...new Set(steps.map(({ thread }) => thread))].sort(byName);
  return [
    ...laneGroup(
      THREADS,
      'threads',
      threads.map((thread) => ({ name: thread, spans: threadSpans(steps, thread) })),
    ),
    ...laneGroup(
      MEMORY,
      'memory',
      lanesOf(found).map((lane) => ({ name: lane.name, spans: memorySpans(found, lane) })),
    ),
    {
      name: `${claim} fails: ${because}`,
      ph: 'i',
      pid: THREADS,
      tid: threads.indexOf(steps.at(-1)?.thread ?? '') + 1,
      ts: steps.length * STEP_US,
      s: 'g',
    },
  ];
}

function laneGroup(
  pid: number,
  title: string,
  lanes: readonly { readonly name: string; readonly spans: readonly Span[] }[],
): TraceEvent[] {
  return [
    { name: 'process_name', ph: 'M', pid, tid: 0, args: { name: title } },
    { name: 'process_sort_index', ph: 'M', pid, tid: 0, args: { sort_index: pid } },
    ...lanes.flatMap(({ name, spans }, i): TraceEvent[] => [
      { name: 'thread_name', ph: 'M', pid, tid: i + 1, args: { name } },
      { name: 'thread_sort_index', ph: 'M', pid, tid: i + 1, args: { sort_index: i + 1 } },
      ...spans.map(
        (span): TraceEvent => ({
          name: span.name,
          ph: 'X',
          pid,
          tid: i + 1,
          ts: span.start * STEP_US,
          dur: (span.end - span.start) * STEP_US,
          ...(span.args === undefined ? {} : { args: span.args }),
        }),
      ),
    ]),
  ];
}

/** Functions around the steps in them. A function spans the steps of other threads meanwhile. */
function threadSpans(steps: readonly TraceStep[], thread: string): Span[] {
  const spans: Span[] = [];
  let open: Span[] = [];
  for (const [i, step] of steps.entries()) {
    if (step.thread !== thread) continue;
    const { frames } = step.operations.at(-1)!;
    const names = frames.map(
      ({ name, label }) => `${label === undefined ? '' : `${label}: `}${name}()`,
    );
    const common = names.findIndex((name, depth) => open[depth]?.name !== name);
    open = open.slice(0, common === -1 ? names.length : common);
    for (const name of names.slice(open.length)) {
      const span = { name, start: i, end: i };
      open.push(span);
      spans.push(span);
    }
    for (const span of open) span.end = i + 1;
    spans.push({ name: titleOf(step), start: i, end: i + 1, args: argsOf(step, i) });
  }
  return spans;
}

function titleOf(step: TraceStep): string {
  const { action, label } = step.operations.at(-1)!;
  return label === undefined ? action : `${label}: ${action}`;
}

function argsOf(step: TraceStep, i: number): Readonly<Record<string, unknown>> {
  const { reads, writes, operations } = step;
  const site = operations.at(-1)?.site;
  return {
    step: i + 1,
    at: stepTitle(step),
    ...(site === undefined ? {} : { site: `${site.file}:${site.line}` }),
    ...Object.fromEntries(reads.map(({ variable, value }) => [`read ${variable}`, value])),
    ...Object.fromEntries(writes.map(({ variable, to }) => [`write ${variable}`, to])),
  };
}

/** Those that the model names; else each variable that changes, with all of its values. */
function lanesOf(found: CounterexampleEntry): readonly Lane[] {
  if (found.lanes.length > 0) return found.lanes;
  const changes = stepsOf(found)
    .flatMap(({ writes }) => writes)
    .filter(({ from, to }) => from !== to);
  const names = [...new Set(changes.map(({ variable }) => variable))].sort(byName);
  return names.map((variable) => ({ name: variable, shows: [{ variable }] }));
}

/** What a lane shows, as long as it shows the same. */
function memorySpans(found: CounterexampleEntry, { shows }: Lane): Span[] {
  const steps = stepsOf(found);
  const values = new Map(found.initial.map(({ variable, value }) => [variable, value]));
  const shown = () => {
    for (const { variable, as } of shows) {
      const value = values.get(variable);
      const text = as === undefined || value === undefined ? value : as[value];
      if (text !== undefined) return text;
    }
    return undefined;
  };
  const spans: Span[] = [];
  const show = (name: string | undefined, start: number, args?: Span['args']) => {
    const last = spans.at(-1);
    if (last !== undefined && last.end === Number.POSITIVE_INFINITY) {
      if (last.name === name) return;
      last.end = start;
    }
    if (name === undefined) return;
    spans.push({ name, start, end: Number.POSITIVE_INFINITY, ...(args ? { args } : {}) });
  };
  show(shown(), 0);
  for (const [i, { thread, writes }] of steps.entries()) {
    for (const { variable, to } of writes) values.set(variable, to);
    show(shown(), i + 1, { by: thread });
  }
  // One step beyond the last, so that the state that violates the claim is seen.
  return spans.map((span) => ({ ...span, end: Math.min(span.end, steps.length + 1) }));
}

function byName(a: string, b: string): number {
  return new Intl.Collator('en', { numeric: true }).compare(a, b);
}
