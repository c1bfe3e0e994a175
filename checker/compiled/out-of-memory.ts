import { CrewFailure } from './room.ts';

/** What V8 throws where an array or a memory cannot be had. Its own heap is the host's business. */
export function isOutOfMemory(error: unknown): boolean {
  if (error instanceof CrewFailure) return error.isOutOfMemory;
  return (
    error instanceof RangeError &&
    /allocation failed|could not allocate|maximum size exceeded|Invalid typed array length/.test(
      error.message,
    )
  );
}
