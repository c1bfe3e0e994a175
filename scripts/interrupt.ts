/** The exit code after Ctrl-C. */
export const EXIT_INTERRUPTED = 130;

/**
 * Launchers like tsx and npm pass on the signal that the terminal has already sent to all of us, so
 * one Ctrl-C can arrive several times. The report takes less than this.
 */
const ECHO_MS_MAX = 1_000;

/**
 * A signal that Ctrl-C aborts, for the rest of the process; Ctrl-C once more, a second later, ends
 * the process at once.
 */
export function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  let firstAt = Number.POSITIVE_INFINITY;
  process.on('SIGINT', () => {
    const now = performance.now();
    if (now - firstAt > ECHO_MS_MAX) process.exit(EXIT_INTERRUPTED);
    firstAt = Math.min(firstAt, now);
    controller.abort();
  });
  return controller.signal;
}
