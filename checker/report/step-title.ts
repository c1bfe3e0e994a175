import type { TraceStep } from '../check/result.ts';

/**
 * The function that a step belongs to and its label, e.g. `tdx_check_accept_level() B4`. A step of
 * several operations is named by the last.
 */
export function stepTitle({ operations }: TraceStep): string {
  const last = operations.at(-1);
  const name = `${last?.frames.at(-1)?.name ?? 'the thread'}()`;
  const label = last?.label ?? last?.frames.at(-1)?.label;
  return label === undefined ? name : `${name} ${label}`;
}
