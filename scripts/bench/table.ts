import type { Measurement } from './measurement.ts';
import type { Measured } from './rounds.ts';
import { ONE_WORKER_NAME } from './search.ts';
import { SPIN_NAME } from './spin.ts';
import { median, medianRatio } from './statistics.ts';

/** The columns of a table and its rows, all as text. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const COLUMNS = [
  'who',
  'states',
  'transitions',
  's',
  'K states/s',
  'K trans/s',
  'peak MiB',
  'peak B/state',
  'own B/state',
  'state',
  '× 1 worker',
  '× SPIN',
];

const MISSING = '-';

export function tableOf(title: string, measured: readonly Measured[]): Table {
  const find = (name: string) => measured.find(({ contestant }) => contestant.name === name);
  const others = [find(ONE_WORKER_NAME), find(SPIN_NAME)];
  return { title, columns: COLUMNS, rows: measured.map((one) => rowOf(one, others)) };
}

/** @param others those that the last columns compare with */
function rowOf(
  { contestant, runs }: Measured,
  others: readonly (Measured | undefined)[],
): readonly string[] {
  const { states, transitions, state } = runs[0]!;
  const over = (what: (run: Measurement) => number) => median(runs.map(what));
  const peak = known(runs.map(({ peakBytes }) => peakBytes));
  const own = known(runs.map(({ ownBytes }) => ownBytes));
  const number = (value: number, digits: number) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return [
    contestant.name,
    number(states, 0),
    number(transitions, 0),
    number(
      over(({ seconds }) => seconds),
      2,
    ),
    number(median(ratesOf(runs)) / 1000, 0),
    number(over((run) => run.transitions / run.seconds) / 1000, 0),
    peak === undefined ? MISSING : number(peak / 2 ** 20, 0),
    peak === undefined ? MISSING : number(peak / states, 1),
    own === undefined ? MISSING : number(own / states, 1),
    state,
    ...others.map((other) =>
      other === undefined ? MISSING : medianRatio(ratesOf(runs), ratesOf(other.runs)).toFixed(2),
    ),
  ];
}

/** States a second. */
function ratesOf(runs: readonly Measurement[]): readonly number[] {
  return runs.map((run) => run.states / run.seconds);
}

/** The median, if every run knows it. */
function known(values: readonly (number | undefined)[]): number | undefined {
  const numbers = values.filter((value) => value !== undefined);
  return numbers.length === values.length ? median(numbers) : undefined;
}

/** For a terminal. */
export function plainTable({ title, columns, rows }: Table): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((cells) => [...cells[i]!].length)));
  const text = lines.map((cells) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  '),
  );
  return [title, ...text, ''].join('\n');
}

/** For a page. */
export function markdownTable({ title, columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, i) => (i === 0 ? '---' : '--:'));
  return [`### ${title}`, '', line(columns), line(rule), ...rows.map(line), ''].join('\n');
}
