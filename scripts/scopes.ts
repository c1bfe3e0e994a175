import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { EXIT_CODE, EXIT_ERROR } from '../checker/report/exit-code.ts';
import { pathOf } from './documented-runs.ts';
import { faultLine } from './fault.ts';
import { abortOnInterrupt, EXIT_INTERRUPTED } from './interrupt.ts';
import { loadModel } from './loaded-model.ts';
import { parseCount } from './quantity.ts';
import { survey } from './scope-survey.ts';
import { catchesTable, sizesTable, surprises } from './scope-tables.ts';
import { surveyProgress } from './survey-progress.ts';
import { UsageError } from './usage-error.ts';

// `npm run scopes`: what the default scopes cost and which mutations they catch, as the tables of
// docs/scopes.md. `-- --write` puts them there, `-- --jobs N` is for the checks with mutations.

const PAGE = 'docs/scopes.md';
/** The tables say something else than they should. */
const EXIT_SURPRISE = 5;
/** What of the free memory the searches may take. */
const MEMORY_SHARE = 0.8;

const signal = abortOnInterrupt();
try {
  process.exitCode = await main(flagsOf(process.argv.slice(2)));
} catch (error) {
  const line = signal.aborted ? 'interrupted: no tables' : faultLine(error);
  process.stderr.write(`${line}\n`);
  // Not process.exitCode: checks that other workers are at are of no use now.
  process.exit(signal.aborted ? EXIT_INTERRUPTED : EXIT_ERROR);
}

async function main({ write, jobs }: ReturnType<typeof flagsOf>): Promise<number> {
  const { file } = await loadModel(undefined);
  const progress = surveyProgress(process.stderr);
  const { sizes, findings } = await survey({
    file,
    jobs,
    memoryBytesMax: Math.floor(process.availableMemory() * MEMORY_SHARE),
    signal,
    onProgress: (done, total) => progress.show(done, total),
  }).finally(() => progress.end());

  const tables = { sizes: sizesTable(sizes), catches: catchesTable(findings) };
  process.stdout.write(`${tables.sizes}\n${tables.catches}`);
  if ([...sizes, ...findings].some(({ verdict }) => verdict === 'STOPPED')) {
    process.stderr.write('STOPPED: out of memory; expected more of it, or fewer --jobs\n');
    return EXIT_CODE.STOPPED;
  }
  if (write) writeTables(tables);
  const moved = surprises(sizes, findings);
  for (const line of moved) process.stderr.write(`${line}\n`);
  return moved.length === 0 ? 0 : EXIT_SURPRISE;
}

function flagsOf(args: readonly string[]): { readonly write: boolean; readonly jobs: number } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { write: { type: 'boolean', default: false }, jobs: { type: 'string' } },
    });
    const jobs =
      values.jobs === undefined ? availableParallelism() : parseCount('--jobs', values.jobs);
    return { write: values.write, jobs };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message}; expected --write or --jobs N`);
  }
}

/** Puts each table between the two comments that name it. */
function writeTables(tables: Readonly<Record<string, string>>): void {
  let text = readFileSync(pathOf(PAGE), 'utf8');
  for (const [name, table] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- end of ${name} -->)`);
    if (!place.test(text)) {
      throw new UsageError(`${PAGE}: expected <!-- ${name} --> and <!-- end of ${name} -->`);
    }
    text = text.replace(place, (_, begin: string, end: string) => `${begin}\n${table}\n${end}`);
  }
  writeFileSync(pathOf(PAGE), text);
}
