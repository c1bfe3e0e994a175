import type { LoopReport, LoopThread, TraceStep } from '../check/result.ts';
import type { Fairness } from '../language/liveness-claim.ts';
import type { CounterexampleEntry } from './document.ts';
import { TRACE_WIDTH, traceText } from './trace-text.ts';
import { field } from './wrap.ts';

/** More names than this say no more than their number does. */
const NAMES_MAX = 8;

/** What an assumption says, in words that follow the names of claims. */
export const FAIRNESS_TEXT: Readonly<Record<Fairness, string>> = {
  none: 'every infinite run counts, also one in which a thread never gets to move',
  weak: 'a thread that can always move gets to move',
  locks:
    'a thread that can always move gets to move, and no thread waits for ever for a lock that ' +
    'others take again and again',
  strong: 'a thread that can move again and again gets to move',
};

/** The drawing of a lasso: what leads to the loop, and one round of it. */
export function lassoTrace(prefix: readonly TraceStep[], loop: readonly TraceStep[]): string[] {
  return [
    ...traceText(prefix, 'none'),
    '',
    '  and from here for ever:',
    '',
    ...traceText(loop, 'none'),
  ];
}

/** The drawing of any counterexample. */
export function drawing(found: CounterexampleEntry): string[] {
  return 'steps' in found ? traceText(found.steps) : lassoTrace(found.prefix, found.loop);
}

/** What goes on for ever, in words: who runs, who is stuck, what changes, and why it is fair. */
export function loopLines(
  loop: readonly TraceStep[],
  { threads, changing, fairness, isShortest }: Omit<LoopReport, 'steps'>,
  column: number,
): string[] {
  const line = (title: string, text: string) => field(title, text, column, TRACE_WIDTH);
  const running = threads.filter(({ does }) => does === 'runs');
  const still = threads.filter(({ does }) => does !== 'runs');
  const length = isShortest === false ? ', though there may be shorter ones' : '';
  return [
    ...line(
      'For ever',
      `${running.map(({ thread, steps }) => `${thread} takes ${counted(steps)}`).join(', ')} ` +
        `in each round of ${counted(loop.length)}${length}`,
    ),
    ...(still.length === 0 ? [] : line('Still', still.map(stillText).join('; '))),
    ...line('Changes', changesText(changing)),
    ...line('Fair', FAIRNESS_TEXT[fairness]),
  ];
}

function stillText({ thread, does, before }: LoopThread): string {
  switch (does) {
    case 'finished':
      return `${thread} has finished`;
    case 'waits':
      return `${thread} waits to ${before}`;
    default:
      return `${thread} ${does}, and is about to ${before}`;
  }
}

function changesText(names: readonly string[]): string {
  if (names.length === 0) return 'nothing: no shared variable ever has another value';
  const shown = names.length > NAMES_MAX ? `${names.length} variables` : names.join(', ');
  return `${shown}, and back again; nothing else`;
}

function counted(steps: number): string {
  return steps === 1 ? '1 step' : `${steps} steps`;
}
