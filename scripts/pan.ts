import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GCC_FLAGS, LIVENESS_GCC_FLAGS, SPIN_FLAGS } from '../checker/export/promela.ts';

/** What a run of pan says. */
export interface PanReport {
  readonly states: number;
  /** As pan counts them: one more than there are steps. */
  readonly transitions: number;
  readonly assertion: boolean;
  readonly deadlock: boolean;
  /** A state was found in which the chosen claim fails. */
  readonly claim: boolean;
}

/** A program and its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

export interface PanOptions {
  /** The most states that pan will find: its stack is never deeper. */
  readonly statesMax: number;
  /** Asks for states in which the claims fail, instead of for counts, assertions and deadlocks. */
  readonly claims?: boolean;
}

/** Let SPIN look for states in which the exported claims fail. */
export const CLAIMS_SPIN_FLAGS = ['-DCLAIM=claims'];

/** The commands that check `model.pml`, to be run one after the other in its folder. */
export function panCommands({ statesMax, claims = false }: PanOptions): readonly CommandLine[] {
  // A never claim moves in turn with the model, so its paths are twice as long.
  const depth = 2 * statesMax + 10;
  return [
    ['spin', ...(claims ? CLAIMS_SPIN_FLAGS : []), ...SPIN_FLAGS, 'model.pml'],
    ['gcc', '-O0', ...GCC_FLAGS, '-o', 'pan', 'pan.c'],
    // The compiler takes longer than the search, so it is told not to try hard.
    ['./pan', claims ? '-A' : '-c0', '-w20', `-m${depth}`],
  ];
}

/** Deep enough for the models whose infinite runs are compared. */
const LIVENESS_DEPTH_MAX = 2_000_000;

/** The commands that look for a cycle that breaks one claim: to build, and then to run. */
export function cycleCommands(claim: string): {
  readonly build: readonly CommandLine[];
  readonly none: CommandLine;
  readonly weak: CommandLine;
} {
  const pan = (...flags: readonly string[]): CommandLine => {
    return ['./pan', '-a', ...flags, '-w20', `-m${LIVENESS_DEPTH_MAX}`];
  };
  return {
    build: [
      ['spin', `-D${claim}`, ...SPIN_FLAGS, 'model.pml'],
      ['gcc', '-O0', ...LIVENESS_GCC_FLAGS, '-o', 'pan', 'pan.c'],
    ],
    none: pan(),
    weak: pan('-f'),
  };
}

/**
 * Reads whether pan found an acceptance cycle.
 *
 * @throws Error if it found something else, or did not search everything
 */
export function parseCycle(output: string): boolean {
  const [, error] = /^pan:\d+: (.*)$/m.exec(output) ?? [];
  if (error?.startsWith('acceptance cycle')) return true;
  if (error !== undefined) throw new Error(`pan found something else: ${error}`);
  checkComplete(output);
  return false;
}

function checkComplete(output: string): void {
  if (/max search depth too small|out of memory|hash table overflow/.test(output)) {
    throw new Error('pan did not search everything');
  }
}

/**
 * Reads what pan prints.
 *
 * @throws Error if it did not search everything
 */
export function parsePan(output: string): PanReport {
  const number = (what: RegExp) => {
    const [, digits] = what.exec(output) ?? [];
    if (digits === undefined) throw new Error(`pan did not print ${what.source}`);
    return Number(digits);
  };
  checkComplete(output);
  const says = (what: string) => new RegExp(`^pan:\\d+: ${what}`, 'm').test(output);
  return {
    // Of numbers with more than eight digits pan prints the first eight, with an exponent.
    states: number(/^ *(\d[\d.e+]*) states, stored/m),
    transitions: number(/^ *(\d[\d.e+]*) transitions/m),
    assertion: says('assertion violated'),
    deadlock: says('invalid end state'),
    claim: says('end state in claim reached'),
  };
}

const run = promisify(execFile);

/** More than pan has to say of a million violations. */
const OUTPUT_BYTES_MAX = 1 << 28;

/** Gives a model to SPIN. */
export async function runPan(promela: string, options: PanOptions): Promise<PanReport> {
  return inFolder(promela, async (start) => {
    let output = '';
    for (const command of panCommands(options)) output = await start(command);
    return parsePan(output);
  });
}

/** Whether SPIN finds a cycle that breaks a claim, by what is assumed of processes. */
export async function findsCycle(
  promela: string,
  claim: string,
): Promise<{ readonly none: boolean; readonly weak: boolean }> {
  return inFolder(promela, async (start) => {
    const { build, none, weak } = cycleCommands(claim);
    for (const command of build) await start(command);
    return { none: parseCycle(await start(none)), weak: parseCycle(await start(weak)) };
  });
}

/** Lends a folder with `model.pml`, and a way to start programs in it. */
async function inFolder<R>(
  promela: string,
  act: (start: (command: CommandLine) => Promise<string>) => Promise<R>,
): Promise<R> {
  const folder = mkdtempSync(join(tmpdir(), 'spin-'));
  try {
    writeFileSync(join(folder, 'model.pml'), promela);
    return await act(async ([program, ...args]) => {
      const { stdout } = await run(program, args, { cwd: folder, maxBuffer: OUTPUT_BYTES_MAX });
      return stdout;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
