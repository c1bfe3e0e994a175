import { parseArgs } from 'node:util';
import pLimit from 'p-limit';
import { EXIT_ERROR } from '../checker/report/exit-code.ts';
import { type Comparison, compareWithSpin, disagreement, type Findings } from './compare-spin.ts';
import { faultLine } from './fault.ts';
import { parseCount } from './quantity.ts';
import { agrees, compareLiveness, livenessSubjects } from './spin-liveness.ts';
import {
  bundledSubjects,
  contrivedSubject,
  randomSubjects,
  type Subject,
} from './spin-subjects.ts';
import { ensureSpin } from './spin-tools.ts';
import { UsageError } from './usage-error.ts';

// `npm run spin`: exports every bundled model, and random programs, to SPIN, and compares what it
// counts and finds with what we do; and has it judge claims over infinite runs, under the
// assumptions that it knows. `-- --random N` says how many random programs.

const RANDOM_PROGRAMS = '120';
const EXIT_DISAGREEMENT = 1;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${faultLine(error)}\n`);
  process.exitCode = EXIT_ERROR;
}

async function main(args: readonly string[]): Promise<number> {
  const randomCount = randomCountOf(args);
  ensureSpin();
  const limit = pLimit(2);
  const started = (subjects: readonly Subject[]) =>
    subjects.map(({ name, system }) => ({
      name,
      comparison: limit(() => compareWithSpin({ name, system })),
    }));
  const bundled = started([...bundledSubjects(), contrivedSubject()]);
  const random = started(randomSubjects(randomCount));
  const endless = livenessSubjects().map((subject) => ({
    name: subject.name,
    comparisons: limit(() => compareLiveness(subject)),
  }));

  printRow(['states', 'transitions', 'fails', 'SPIN', 'system']);
  let wrong = 0;
  const count = (name: string, comparison: Comparison) => {
    const difference = disagreement(comparison);
    if (difference === undefined) return;
    wrong++;
    console.log(`SPIN DISAGREES on ${name}: ${difference}`);
  };
  for (const { name, comparison } of bundled) {
    printRow(rowOf(name, await comparison));
    count(name, await comparison);
  }
  const mix = new Map<string, number>();
  for (const { name, comparison } of random) {
    const compared = await comparison;
    if (compared.kind !== 'compared') console.log(`${compared.kind}: ${name}: ${compared.because}`);
    count(name, compared);
    for (const trait of traitsOf(compared)) mix.set(trait, (mix.get(trait) ?? 0) + 1);
  }
  console.log(`random programs: ${[...mix].map(([trait, n]) => `${n} ${trait}`).join(', ')}`);
  console.log(`${'claim'.padEnd(8)}fails, assuming nothing or weak fairness`);
  for (const { name, comparisons } of endless) {
    for (const comparison of await comparisons) {
      const { claim, ours } = comparison;
      const fails = ['none', 'weak'].filter((_, i) => ours[i]).join('+') || '-';
      const verdict = agrees(comparison) ? 'agrees' : 'DISAGREES';
      console.log(`${claim.padEnd(8)}${fails.padEnd(42)}${verdict.padEnd(11)}${name}`);
      if (!agrees(comparison)) wrong++;
    }
  }
  const asked = bundled.length + random.length + endless.length;
  console.log(`SPIN disagrees on ${wrong} of ${asked} systems`);
  return wrong === 0 ? 0 : EXIT_DISAGREEMENT;
}

function randomCountOf(args: readonly string[]): number {
  try {
    const options = { random: { type: 'string', default: RANDOM_PROGRAMS } } as const;
    return parseCount('--random', parseArgs({ args: [...args], options }).values.random);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message}; expected --random N`);
  }
}

function rowOf(name: string, comparison: Comparison): readonly string[] {
  if (comparison.kind !== 'compared') {
    return ['', '', '', comparison.kind, `${name}: ${comparison.because}`];
  }
  const { states, transitions } = comparison.ours;
  const verdict = disagreement(comparison) === undefined ? 'agrees' : 'DISAGREES';
  const fails = failuresOf(comparison.ours).join('+') || '-';
  return [states.toLocaleString('en'), transitions.toLocaleString('en'), fails, verdict, name];
}

function traitsOf(comparison: Comparison): readonly string[] {
  if (comparison.kind !== 'compared') return [comparison.kind];
  const size = comparison.ours.states > 500 ? ['over 500 states'] : [];
  return [
    'compared',
    ...size,
    ...failuresOf(comparison.ours).map((what) => `with a failing ${what}`),
  ];
}

function failuresOf({ assertion, deadlock, claim }: Findings): readonly string[] {
  return [
    ...(assertion ? ['assertion'] : []),
    ...(claim ? ['claim'] : []),
    ...(deadlock ? ['deadlock'] : []),
  ];
}

function printRow([states, transitions, fails, verdict, name]: readonly string[]): void {
  const numbers = `${states!.padStart(9)}${transitions!.padStart(12)}`;
  console.log(`${numbers}  ${fails!.padEnd(24)}  ${verdict!.padEnd(9)}  ${name}`);
}
