import { Worker } from 'node:worker_threads';
import type { CheckProgress } from '../check/check.ts';
import type { ScopeResult } from '../check/result.ts';
import { Helpers, type Sabotage } from '../compiled/crew.ts';
import { Control } from './control.ts';
import { faultText } from './fault-text.ts';
import type { WorkerAnswer, WorkerData, WorkerMessage, WorkerRequest } from './messages.ts';

export interface WorkerOptions {
  readonly onProgress: (progress: CheckProgress) => void;
  /** Asks for an early end with what has been found so far. */
  readonly signal: AbortSignal;
  /** The limit on the heap of the worker; typed arrays do not count. */
  readonly heapBytesMax: number;
  /** Threads that a check may use; one if absent. */
  readonly workers?: number;
  /** How long code of the model may run without an operation. */
  readonly silenceMsMax?: number;
  /** For tests: what the threads that help do instead of it. */
  readonly sabotage?: Sabotage;
}

/** How long the model may be silent before its function is taken to run for ever. */
const SILENCE_MS_MAX = 10_000;
/** How long the worker may take to end by itself once it was asked to. */
const FAREWELL_MS_MAX = 700;
const LOOKS_PER_SILENCE = 20;

/**
 * Runs a check or a replay in a thread of its own, so that neither signals nor progress wait for
 * it. Always settles: a worker that dies, runs out of memory, or hangs in code of the model is
 * answered for.
 */
export async function runInWorker(
  request: WorkerRequest,
  options: WorkerOptions,
): Promise<WorkerAnswer> {
  const control = new Control();
  let onDeathOfHelper: (error: Error) => void = () => {};
  const helpers = helpersFor(request, options, (error) => onDeathOfHelper(error));
  const crew = helpers === undefined ? {} : { crew: helpers.ends };
  const workerData: WorkerData = { request, control: control.buffer, ...crew };
  const worker = new Worker(new URL('./bootstrap.mjs', import.meta.url), {
    workerData,
    transferList: [...(helpers?.ends.ports ?? [])],
    // The bootstrap registers what the worker needs; flags of the host would do it twice.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(options.heapBytesMax / 2 ** 20) },
  });
  const timers = new Set<NodeJS.Timeout>();
  let onAbort = () => {};
  try {
    return await new Promise<WorkerAnswer>((settle) => {
      let last: CheckProgress | undefined;
      const finished: ScopeResult[] = [];
      const lose = (reason: 'memory' | 'interrupt') =>
        settle({ kind: 'lost', reason, last, finished });
      worker.on('message', (message: WorkerMessage) => {
        switch (message.kind) {
          case 'progress':
            last = message.progress;
            return options.onProgress(last);
          case 'scope':
            return finished.push(message.result);
          case 'out of memory':
            return lose('memory');
          default:
            return settle(message);
        }
      });
      const blame = (error: Error) => settle(internal(faultText(error)));
      worker.on('error', (error) => (isHeapFull(error) ? lose('memory') : blame(error)));
      onDeathOfHelper = (error) => {
        if (isHeapFull(error)) lose('memory');
        // It may have said more to the worker, which is about to answer.
        else timers.add(setTimeout(() => blame(error), FAREWELL_MS_MAX));
      };
      worker.on('exit', (code) =>
        settle(internal(`the worker ended without an answer (exit code ${code})`)),
      );
      timers.add(watch(control, options.silenceMsMax ?? SILENCE_MS_MAX, settle));
      onAbort = () => {
        control.interrupt();
        timers.add(setTimeout(() => lose('interrupt'), FAREWELL_MS_MAX));
      };
      if (options.signal.aborted) onAbort();
      options.signal.addEventListener('abort', onAbort);
    });
  } finally {
    options.signal.removeEventListener('abort', onAbort);
    for (const timer of timers) clearTimeout(timer);
    await Promise.all([worker.terminate(), helpers?.end()]);
  }
}

/** The threads that help, where there is something to help with. */
function helpersFor(
  request: WorkerRequest,
  { workers = 1, sabotage }: WorkerOptions,
  onDeath: (error: Error) => void,
): Helpers | undefined {
  const isShared = request.kind === 'check' && request.options.engine === 'compiled';
  return isShared && workers > 1 ? new Helpers(workers - 1, onDeath, sabotage) : undefined;
}

/** Settles with a fault when the same piece of the model runs for longer than it may. */
function watch(
  control: Control,
  silenceMsMax: number,
  settle: (answer: WorkerAnswer) => void,
): NodeJS.Timeout {
  let { beats } = control.pulse();
  let since = performance.now();
  return setInterval(() => {
    const now = control.pulse();
    if (now.beats !== beats || now.activity === undefined) {
      beats = now.beats;
      since = performance.now();
    } else if (performance.now() - since > silenceMsMax) {
      const seconds = silenceMsMax / 1000;
      const message =
        `${now.activity} ran for ${seconds} s without an operation; ` +
        'expected it to return, or to repeat itself with loop()';
      settle({ kind: 'fault', fault: 'model', message });
    }
  }, silenceMsMax / LOOKS_PER_SILENCE);
}

function isHeapFull(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function internal(message: string): WorkerAnswer {
  return { kind: 'fault', fault: 'internal', message };
}
