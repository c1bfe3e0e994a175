/** An error of ours in one line: its name, its message, and the file of ours that threw it. */
export function faultText(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const [message = ''] = error.message.split('\n');
  // The path from the root of the project on: where it is installed is nobody's business.
  const place = /\b(?:checker|model|properties|scripts|docs\/examples)\/[\w/.-]+\.ts:\d+/.exec(
    error.stack ?? '',
  )?.[0];
  return `${error.name}: ${message}${place === undefined ? '' : ` (${place})`}`;
}
