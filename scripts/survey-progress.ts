import { createLogUpdate } from 'log-update';

const LINE_INTERVAL_MS = 10_000;

/** Shows how many of the checks are done: one live line on a terminal, else a line every 10 s. */
export function surveyProgress(stream: NodeJS.WritableStream & { readonly isTTY?: boolean }) {
  const live = stream.isTTY === true ? createLogUpdate(stream) : undefined;
  const startedAt = performance.now();
  let shownAt = startedAt;
  return {
    show(done: number, total: number): void {
      const now = performance.now();
      const text = `${done} of ${total} checks, ${((now - startedAt) / 1000).toFixed(0)} s`;
      if (live !== undefined) live(text);
      else if (done === total || now - shownAt >= LINE_INTERVAL_MS) {
        shownAt = now;
        stream.write(`${text}\n`);
      }
    },
    end(): void {
      live?.done();
    },
  };
}
