import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pLimit from 'p-limit';
import { EXIT_ERROR } from '../checker/report/exit-code.ts';
import { pathOf } from './documented-runs.ts';
import { faultLine } from './fault.ts';
import { abortOnInterrupt, EXIT_INTERRUPTED } from './interrupt.ts';
import { type PlantedBug, plantedBugs } from './planted-bug-table.ts';
import { plant, type Trial, testOf, tryBug, tryFaithful } from './try-planted-bug.ts';
import { UsageError } from './usage-error.ts';

// `npm run planted-bugs`: plants each bug of the table into a copy of the engine and says on which
// random program the comparison of the two explorers finds it. `-- NAME...` tries only these bugs;
// `-- --write` puts the table into docs/planted-bugs.md.

const PAGE = 'docs/planted-bugs.md';
/** A bug got away, or the engine fails without one. */
const EXIT_SURVIVOR = 5;
/** What is shown of a failure. */
const REASON_LENGTH_MAX = 110;

const signal = abortOnInterrupt();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${signal.aborted ? 'interrupted: no table' : faultLine(error)}\n`);
  process.exitCode = signal.aborted ? EXIT_INTERRUPTED : EXIT_ERROR;
}

async function main(args: readonly string[]): Promise<number> {
  const { bugs, write } = flagsOf(args);
  // A text that is not there should show now, not in some minutes.
  for (const bug of bugs) plant(bug);

  const limit = pLimit(2);
  const tests = [...new Set(bugs.map(testOf))];
  const [controls, trials] = await Promise.all([
    limit.map(tests, async (test) =>
      said(await tryFaithful(test, signal), (t) => controlLine(test, t)),
    ),
    limit.map(bugs, async (bug) => said(await tryBug(bug, signal), (t) => bugLine(bug, t))),
  ]);
  const programs = trials.flatMap((trial) => (trial.verdict === 'found' ? [trial.program] : []));
  console.log(`${programs.length} of ${bugs.length} planted bugs found`);
  const isSound = controls.every(({ verdict }) => verdict === 'survived');
  if (programs.length < bugs.length || !isSound) return EXIT_SURVIVOR;
  if (write) writeTable(bugs, programs);
  return 0;
}

function flagsOf(args: readonly string[]) {
  try {
    const options = { write: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const unknown = positionals.find((name) => plantedBugs.every((bug) => bug.name !== name));
    if (unknown !== undefined) throw new TypeError(`"${unknown}" is no planted bug`);
    if (values.write && positionals.length > 0) throw new TypeError('--write needs all bugs');
    const bugs = plantedBugs.filter(
      ({ name }) => positionals.length === 0 || positionals.includes(name),
    );
    return { bugs, write: values.write };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message}; expected --write or names from ${PAGE}`);
  }
}

/** Prints a line as soon as there is something to say. */
function said(trial: Trial, line: (trial: Trial) => string): Trial {
  console.log(line(trial));
  return trial;
}

function controlLine(test: string, trial: Trial): string {
  return trial.verdict === 'survived'
    ? `passes: ${test}, with the engine as it is`
    : `FAILS: ${test}, with the engine as it is: ${clip(trial.because)}`;
}

function bugLine({ name }: PlantedBug, trial: Trial): string {
  switch (trial.verdict) {
    case 'found':
      return `found on program ${trial.program}: ${name}: ${clip(trial.because)}`;
    case 'survived':
      return `SURVIVED: ${name}`;
    case 'broken':
      return `BROKE THE TEST: ${name}: ${clip(trial.because)}`;
  }
}

function clip(text: string): string {
  return text.length <= REASON_LENGTH_MAX ? text : `${text.slice(0, REASON_LENGTH_MAX)}...`;
}

/** Puts the table between the two comments that name it. */
function writeTable(bugs: readonly PlantedBug[], programs: readonly number[]): void {
  const rows = bugs.map(
    ({ name, file, lie }, i) => `| ${name} | \`${file}\` | ${lie} | ${programs[i]} |\n`,
  );
  const head = '| bug | in `checker/` | the lie | found on program |\n|---|---|---|---|\n';
  const text = readFileSync(pathOf(PAGE), 'utf8');
  const place = /(<!-- bugs -->\n)[\s\S]*?(<!-- end of bugs -->)/;
  if (!place.test(text)) {
    throw new UsageError(`${PAGE}: expected <!-- bugs --> and <!-- end of bugs -->`);
  }
  writeFileSync(
    pathOf(PAGE),
    text.replace(
      place,
      (_, begin: string, end: string) => `${begin}\n${head}${rows.join('')}\n${end}`,
    ),
  );
}
