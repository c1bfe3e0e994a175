import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT_ERROR } from '../checker/report/exit-code.ts';
import { type BenchFlags, benchFlags } from './bench/flags.ts';
import { machineLine } from './bench/machine.ts';
import type { Contestant } from './bench/measurement.ts';
import { type Results, withResults } from './bench/page.ts';
import { runRounds } from './bench/rounds.ts';
import { ourContestants } from './bench/search.ts';
import { spinContestants } from './bench/spin.ts';
import { markdownTable, plainTable, type Table, tableOf } from './bench/table.ts';
import { TLC_VARIABLE, tlcContestants } from './bench/tlc.ts';
import {
  COMPARED_STATES_MAX,
  chosenWorkloads,
  WORKLOADS,
  type Workload,
} from './bench/workloads.ts';
import { pathOf } from './documented-runs.ts';
import { faultLine } from './fault.ts';
import { abortOnInterrupt, EXIT_INTERRUPTED } from './interrupt.ts';
import { ensureSpin } from './spin-tools.ts';
import { UsageError } from './usage-error.ts';

// `npm run bench`: our searches, SPIN and TLC on the same state spaces, side by side in one run.

const PAGE = 'docs/performance.md';
const CLAIMS_NOTE =
  'Ours judge all claims of the model. SPIN judges none, but in the rows *claims* those on states.';

const signal = abortOnInterrupt();
try {
  await main(benchFlags(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${signal.aborted ? 'interrupted' : faultLine(error)}\n`);
  process.exitCode = signal.aborted ? EXIT_INTERRUPTED : EXIT_ERROR;
}

async function main(flags: BenchFlags | string): Promise<void> {
  if (typeof flags === 'string') {
    process.stdout.write(flags);
    return;
  }
  const { only, quick, rounds, write } = flags;
  const chosen = chosenWorkloads(only, quick);
  if (chosen.length === 0) {
    const names = WORKLOADS.map(({ name }) => `"${name}"`).join(', ');
    throw new UsageError(`no workload is chosen; expected a part of ${names}`);
  }
  ensureSpin();
  const notes = notesFor(rounds);
  process.stdout.write(`${notes}\n\n`);
  const tables: Table[] = [];
  for (const workload of chosen) {
    const table = await measured(workload, rounds);
    process.stdout.write(`${plainTable(table)}\n`);
    tables.push(table);
  }
  const isPart = chosen.length < WORKLOADS.length;
  if (write) writePage({ notes, tables: tables.map(markdownTable), isPart });
}

function notesFor(rounds: number): string {
  const medians = rounds === 1 ? 'One run of each.' : `Medians of ${rounds} rounds.`;
  const tlc =
    process.env[TLC_VARIABLE] === undefined ? `TLC was not run: ${TLC_VARIABLE} is not set.` : '';
  return [`${machineLine()}.`, `${medians} ${CLAIMS_NOTE} ${tlc}`.trimEnd()].join('\n');
}

/** Runs all contestants on a workload. */
async function measured(workload: Workload, rounds: number): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    let states = 0;
    const contestants: readonly Contestant[] = [
      ...ourContestants(workload, signal),
      ...(workload.states <= COMPARED_STATES_MAX
        ? await spinContestants(workload, { folder, signal, states: () => states })
        : []),
      ...tlcContestants(workload, process.env[TLC_VARIABLE], {
        folder: made(join(folder, 'TLC')),
        signal,
      }),
    ];
    const results = await runRounds(workload, contestants, {
      rounds,
      onRun: (text) => process.stderr.write(`${text}\n`),
      onStates: (found) => {
        states = found;
      },
    });
    return tableOf(workload.name, results);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function made(folder: string): string {
  mkdirSync(folder);
  return folder;
}

function writePage(results: Results): void {
  const page = withResults(readFileSync(pathOf(PAGE), 'utf8'), results);
  if (page === undefined) {
    throw new UsageError(`${PAGE}: expected <!-- bench --> and <!-- end of bench -->`);
  }
  writeFileSync(pathOf(PAGE), page);
}
