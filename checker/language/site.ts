import { fileURLToPath } from 'node:url';

/** Where in the source of a model an operation stands. */
export interface Site {
  /** An absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Frames that may stand between an operation and the model: guards and blocks in each other. */
const FRAMES_MAX = 60;
const LANGUAGE = fileURLToPath(new URL('.', import.meta.url));

/** A call stack costs microseconds, which a search does not have. */
let isWanted = false;
let latest: Error | undefined;

/** While `run` runs, operations remember where they stand. */
export function withSites<R>(run: () => R): R {
  const wasWanted = isWanted;
  isWanted = true;
  try {
    return run();
  } finally {
    isWanted = wasWanted;
    latest = undefined;
  }
}

/** For operations: one is being yielded. */
export function noteSite(): void {
  if (!isWanted) return;
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES_MAX;
  latest = new Error();
  Error.stackTraceLimit = stackTraceLimit;
}

/** The call stack of the operation that was yielded last, if it was noted; `siteOf` reads it. */
export function takeSite(): Error | undefined {
  const taken = latest;
  latest = undefined;
  return taken;
}

/** The innermost line outside of the language itself; nothing if the stack names none. */
export function siteOf({ stack = '' }: Error): Site | undefined {
  for (const [, path = '', line] of stack.matchAll(
    /\n +at .*?((?:file:\/\/)?\/[^():]+):(\d+):\d+/g,
  )) {
    const file = path.startsWith('file:') ? fileURLToPath(path) : path;
    if (!file.startsWith(LANGUAGE)) return { file, line: Number(line) };
  }
  return undefined;
}
