import { createLogUpdate } from 'log-update';
import type { CheckProgress } from '../checker/check/check.ts';
import { count } from '../checker/report/claims-table.ts';

/** A run that is shorter says nothing of its progress. */
const QUIET_MS = 1_000;
const LIVE_INTERVAL_MS = 100;
const LINE_INTERVAL_MS = 10_000;

/** Shows how far a search is. */
export interface ProgressView {
  show(progress: CheckProgress): void;
  /** Clears the live line, and says how long it all took. */
  end(): void;
}

/**
 * One live line on a terminal; elsewhere a complete line at most every 10 s.
 *
 * @param clock milliseconds since any fixed time
 */
export function progressView(
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  scopeCount: number,
  clock: () => number = () => performance.now(),
): ProgressView {
  const live = stream.isTTY === true ? createLogUpdate(stream) : undefined;
  const interval = live === undefined ? LINE_INTERVAL_MS : LIVE_INTERVAL_MS;
  const startedAt = clock();
  const meter = new Meter(startedAt);
  let shownAt = live === undefined ? startedAt : startedAt + QUIET_MS - LIVE_INTERVAL_MS;
  return {
    show(progress) {
      const now = clock();
      meter.note(progress, now);
      if (now - shownAt < interval) return;
      shownAt = now;
      const text = meter.line(progress, scopeCount, now);
      if (live === undefined) stream.write(`${text}\n`);
      else live(text);
    },
    end() {
      live?.clear();
      live?.done();
      const elapsed = clock() - startedAt;
      if (elapsed < QUIET_MS) return;
      stream.write(
        `timing: ${(elapsed / 1000).toFixed(1)} s in all, start of the worker included\n`,
      );
    },
  };
}

/** What a line of progress says beyond the last message: rates and trends. */
class Meter {
  private readonly startedAt: number;
  private lined = { states: 0, scope: -1, at: 0 };
  private level = { depth: -1, frontier: 0 };
  private trend = 'growing';

  constructor(startedAt: number) {
    this.startedAt = startedAt;
    this.lined.at = startedAt;
  }

  note({ depth, frontier, scope }: CheckProgress, now: number): void {
    if (scope !== this.lined.scope) {
      this.lined = { states: 0, scope, at: now };
      this.level = { depth: -1, frontier: 0 };
    }
    if (depth === this.level.depth) return;
    this.trend = frontier >= this.level.frontier ? 'growing' : 'shrinking';
    this.level = { depth, frontier };
  }

  line(progress: CheckProgress, scopeCount: number, now: number): string {
    const { phase, scope, states, frontier, depth, memoryBytes } = progress;
    const seconds = (now - this.lined.at) / 1000;
    const rate = seconds > 0 ? Math.max(0, states - this.lined.states) / seconds : 0;
    this.lined = { states, scope, at: now };
    const where = scopeCount === 1 ? phase : `${phase} of scope ${scope + 1}/${scopeCount}`;
    return [
      `${where}: ${count(states)} states`,
      `frontier ${count(frontier)} (${this.trend})`,
      `depth ${depth}`,
      `${count(Math.round(rate))} states/s`,
      `${(memoryBytes / 2 ** 20).toFixed(0)} MiB`,
      `${((now - this.startedAt) / 1000).toFixed(0)} s`,
    ].join(', ');
  }
}
