import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { CommandLine } from '../pan.ts';

/** What a program printed, and what it took. */
export interface Ran {
  readonly stdout: string;
  readonly seconds: number;
  /** Peak resident size, if asked for and if the machine can tell. */
  readonly peakBytes?: number;
}

export interface RunOptions {
  readonly folder: string;
  readonly signal: AbortSignal;
}

const GNU_TIME = '/usr/bin/time';
const PEAK = /^peak (\d+)$/m;
const OUTPUT_BYTES_MAX = 1 << 28;

const run = promisify(execFile);

/** @throws Error if the program fails */
export async function runProgram(
  [program, ...args]: CommandLine,
  { folder, signal }: RunOptions,
): Promise<Ran> {
  const start = performance.now();
  const { stdout } = await run(program, args, {
    cwd: folder,
    signal,
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  return { stdout, seconds: (performance.now() - start) / 1000 };
}

/** Runs a program and asks the system for its peak memory. */
export async function runMeasured(command: CommandLine, options: RunOptions): Promise<Ran> {
  if (!existsSync(GNU_TIME)) return runProgram(command, options);
  const { folder, signal } = options;
  const start = performance.now();
  const { stdout, stderr } = await run(GNU_TIME, ['-f', 'peak %M', ...command], {
    cwd: folder,
    signal,
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  const seconds = (performance.now() - start) / 1000;
  const [, kilobytes] = PEAK.exec(stderr) ?? [];
  return {
    stdout,
    seconds,
    ...(kilobytes === undefined ? {} : { peakBytes: Number(kilobytes) * 1024 }),
  };
}
