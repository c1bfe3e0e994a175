/** The exit code after Ctrl-C. */
export const EXIT_INTERRUPTED = 130;

/**
 * A signal that Ctrl-C aborts; a second Ctrl-C ends the process at once. `end` gives Ctrl-C its usual
 * meaning back.
 */
export function abortOnInterrupt(): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const onInterrupt = () => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort();
  };
  process.on('SIGINT', onInterrupt);
  return {
    signal: controller.signal,
    end: () => process.removeListener('SIGINT', onInterrupt),
  };
}
