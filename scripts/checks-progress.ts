import { createLogUpdate } from 'log-update';
import type { CheckProgress } from '../checker/check/check.ts';
import { count } from '../checker/report/claims-table.ts';

/** A run that is shorter says nothing of its progress. */
const QUIET_MS = 1_000;
const LINE_INTERVAL_MS = 10_000;
const LIVE_INTERVAL_MS = 100;

/** How far several checks are. */
export interface ChecksProgress {
  readonly done: number;
  readonly total: number;
  /** The checks that run at the moment. */
  readonly running: readonly CheckProgress[];
}

/**
 * Shows how far several checks are that run side by side: one live line on a terminal, elsewhere a
 * complete line at most every 10 s.
 *
 * @param clock milliseconds since any fixed time
 */
export function checksProgress(
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  clock: () => number = () => performance.now(),
) {
  const live = stream.isTTY === true ? createLogUpdate(stream) : undefined;
  const interval = live === undefined ? LINE_INTERVAL_MS : LIVE_INTERVAL_MS;
  const startedAt = clock();
  let shownAt = live === undefined ? startedAt : startedAt + QUIET_MS - LIVE_INTERVAL_MS;
  return {
    show(progress: ChecksProgress): void {
      const now = clock();
      if (now - shownAt < interval) return;
      shownAt = now;
      const text = lineOf(progress, (now - startedAt) / 1000);
      if (live === undefined) stream.write(`${text}\n`);
      else live(text);
    },
    /** Clears the live line, and says how long it all took. */
    end(): void {
      live?.clear();
      live?.done();
      const elapsed = clock() - startedAt;
      if (elapsed >= QUIET_MS) stream.write(`timing: ${(elapsed / 1000).toFixed(1)} s in all\n`);
    },
  };
}

function lineOf({ done, total, running }: ChecksProgress, seconds: number): string {
  const sum = (of: (progress: CheckProgress) => number) =>
    running.reduce((all, progress) => all + of(progress), 0);
  return [
    `${done} of ${total} checks`,
    `${running.length} at work: ${count(sum(({ states }) => states))} states`,
    `frontier ${count(sum(({ frontier }) => frontier))}`,
    `${(sum(({ memoryBytes }) => memoryBytes) / 2 ** 20).toFixed(0)} MiB`,
    `${seconds.toFixed(0)} s`,
  ].join(', ');
}
