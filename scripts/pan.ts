import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GCC_FLAGS, SPIN_FLAGS } from '../checker/export/promela.ts';

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
  if (/max search depth too small|out of memory|hash table overflow/.test(output)) {
    throw new Error('pan did not search everything');
  }
  const says = (what: string) => new RegExp(`^pan:\\d+: ${what}`, 'm').test(output);
  return {
    states: number(/^ *(\d+) states, stored/m),
    transitions: number(/^ *(\d+) transitions/m),
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
  const folder = mkdtempSync(join(tmpdir(), 'spin-'));
  try {
    writeFileSync(join(folder, 'model.pml'), promela);
    let output = '';
    for (const [program, ...args] of panCommands(options)) {
      output = (await run(program, args, { cwd: folder, maxBuffer: OUTPUT_BYTES_MAX })).stdout;
    }
    return parsePan(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
