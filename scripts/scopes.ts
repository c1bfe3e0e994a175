import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EXIT_CODE, EXIT_ERROR } from '../checker/report/exit-code.ts';
import { checksProgress } from './checks-progress.ts';
import { pathOf } from './documented-runs.ts';
import { faultLine } from './fault.ts';
import { abortOnInterrupt, EXIT_INTERRUPTED } from './interrupt.ts';
import { loadModel } from './loaded-model.ts';
import { MEASURED, measure, type Size, sizesTable } from './scope-sizes.ts';
import { UsageError } from './usage-error.ts';

// `npm run scopes`: what the default scopes cost, as the table of docs/scopes.md. `-- --write` puts
// it there. What they catch is a matter of `matrix`.

const PAGE = 'docs/scopes.md';
/** A scope says something else than it should. */
const EXIT_SURPRISE = 5;
/** What of the free memory a search may take. */
const MEMORY_SHARE = 0.8;

const signal = abortOnInterrupt();
try {
  process.exitCode = await main(writesPage(process.argv.slice(2)));
} catch (error) {
  const line = signal.aborted ? 'interrupted: no table' : faultLine(error);
  process.stderr.write(`${line}\n`);
  process.exitCode = signal.aborted ? EXIT_INTERRUPTED : EXIT_ERROR;
}

async function main(write: boolean): Promise<number> {
  const { file } = await loadModel(undefined);
  const progress = checksProgress(process.stderr);
  const memoryBytesMax = Math.floor(process.availableMemory() * MEMORY_SHARE);
  const sizes: Size[] = [];
  // One after the other, so that their seconds mean something.
  for (const scope of MEASURED) {
    progress.show({ done: sizes.length, total: MEASURED.length, running: [] });
    sizes.push(await measure(scope, file, memoryBytesMax, signal));
  }
  progress.end();

  const table = sizesTable(sizes);
  process.stdout.write(table);
  const [other] = sizes.filter(({ verdict }) => verdict !== 'EXHAUSTED');
  if (other?.verdict === 'STOPPED') {
    process.stderr.write('STOPPED: out of memory; expected more of it\n');
    return EXIT_CODE.STOPPED;
  }
  if (write) writeTable(table);
  if (other === undefined) return 0;
  process.stderr.write(`scope ${JSON.stringify(other.scope)}: ${other.verdict}\n`);
  return EXIT_SURPRISE;
}

function writesPage(args: readonly string[]): boolean {
  try {
    const options = { write: { type: 'boolean', default: false } } as const;
    return parseArgs({ args: [...args], options }).values.write;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message}; expected --write`);
  }
}

/** Puts the table between the two comments that name it. */
function writeTable(table: string): void {
  const text = readFileSync(pathOf(PAGE), 'utf8');
  const place = /(<!-- sizes -->\n)[\s\S]*?(<!-- end of sizes -->)/;
  if (!place.test(text)) {
    throw new UsageError(`${PAGE}: expected <!-- sizes --> and <!-- end of sizes -->`);
  }
  const put = (_: string, begin: string, end: string) => `${begin}\n${table}\n${end}`;
  writeFileSync(pathOf(PAGE), text.replace(place, put));
}
