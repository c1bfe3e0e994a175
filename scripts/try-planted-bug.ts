import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIFFERENTIAL_TEST, type PlantedBug } from './planted-bug-table.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Several times what the test takes when it finds nothing. */
const DURATION_MS_MAX = 5 * 60_000;

// A counterexample is of no use here, so it is not made smaller, which would take long.
const SETUP = `
import fc from 'fast-check';
fc.configureGlobal({ endOnFailure: true, includeErrorInReport: true });
`;

// Threads, so that killing the process ends a test that does not end.
const configOf = (test: string) => `
export default {
  test: {
    include: ['checker/${test}'],
    setupFiles: ['./setup.mjs'],
    pool: 'threads',
    maxWorkers: 1,
    testTimeout: ${DURATION_MS_MAX},
  },
};
`;

/** What has to find a bug, below `checker/`. */
export const testOf = ({ test = DIFFERENTIAL_TEST }: PlantedBug): string => test;

/** What the test said of an engine. */
export type Trial =
  /** The explorers disagree on a program; `because` is the first line of the failure. */
  | { readonly verdict: 'found'; readonly program: number; readonly because: string }
  /** They agree on all programs. */
  | { readonly verdict: 'survived' }
  /** The test did not get so far. */
  | { readonly verdict: 'broken'; readonly because: string };

/**
 * The text of a file with the bug in it.
 *
 * @throws Error if the text to replace does not stand there exactly once
 */
export function plant({ name, file, find, replace }: PlantedBug): string {
  const [before, after, ...more] = readFileSync(join(ROOT, 'checker', file), 'utf8').split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    const count = after === undefined ? 'nowhere' : `${more.length + 1} times`;
    throw new Error(`"${name}": its text stands ${count} in checker/${file}; expected once`);
  }
  return before + replace + after;
}

/** Runs what has to find a bug on a copy of the engine with it. */
export function tryBug(bug: PlantedBug, signal: AbortSignal): Promise<Trial> {
  return tryCopy(testOf(bug), bug, signal);
}

/** Runs a test on a faithful copy. */
export function tryFaithful(test: string, signal: AbortSignal): Promise<Trial> {
  return tryCopy(test, undefined, signal);
}

async function tryCopy(
  test: string,
  bug: PlantedBug | undefined,
  signal: AbortSignal,
): Promise<Trial> {
  signal.throwIfAborted();
  const folder = mkdtempSync(join(tmpdir(), 'planted-bug-'));
  try {
    for (const name of ['checker', 'package.json', 'tsconfig.json']) {
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'setup.mjs'), SETUP);
    writeFileSync(join(folder, 'vitest.config.mjs'), configOf(test));
    if (bug !== undefined) writeFileSync(join(folder, 'checker', bug.file), plant(bug));
    const report = await runTest(folder, signal);
    // Without this a test that Ctrl-C ended would count as broken.
    signal.throwIfAborted();
    return trialOf(report);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** The report; nothing if there is none. */
function runTest(folder: string, signal: AbortSignal): Promise<Report | undefined> {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const report = join(folder, 'report.json');
  const args = ['run', '--configLoader=native', '--reporter=json', `--outputFile=${report}`];
  const limits = { timeout: DURATION_MS_MAX, killSignal: 'SIGKILL', signal } as const;
  return new Promise((resolve) => {
    // The exit code says less than the report does.
    execFile(process.execPath, [vitest, ...args], { cwd: folder, ...limits }, () => {
      try {
        resolve(JSON.parse(readFileSync(report, 'utf8')) as Report);
      } catch {
        resolve(undefined);
      }
    });
  });
}

function trialOf(report: Report | undefined): Trial {
  if (report === undefined) return { verdict: 'broken', because: 'the test did not end' };
  const { testResults: files } = report;
  const empty = files.find(({ assertionResults }) => assertionResults.length === 0);
  if (files.length === 0 || empty !== undefined) {
    return { verdict: 'broken', because: empty?.message ?? 'no test ran' };
  }
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const test = tests.find(({ status }) => status !== 'passed');
  if (test === undefined) return { verdict: 'survived' };
  const [message = ''] = test.failureMessages;
  const program = /Property failed after (\d+) tests/.exec(message)?.[1];
  // What the test demands of the mix of programs says nothing of the engine.
  if (program === undefined) return { verdict: 'broken', because: firstLine(message) };
  const because = /^Got (.*)/m.exec(message)?.[1];
  return { verdict: 'found', program: Number(program), because: because ?? firstLine(message) };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
