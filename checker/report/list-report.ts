import type { ListStyle } from '../language/list-style.ts';
import type { Scope } from '../language/parameter.ts';
import { count } from './claims-table.ts';
import type { CheckDocument, FiniteEntry, LassoEntry } from './document.ts';
import { showScope } from './headline.ts';
import { loopLines } from './lasso-text.ts';
import { listDiagram } from './list-cells.ts';
import { lintList } from './list-lint.ts';
import { type Drawn, runOf } from './list-run.ts';
import { racesText, shrunkText } from './shrunk-text.ts';
import { drawCells, TRACE_WIDTH, widthOf } from './trace-text.ts';
import { byFunction, clauseText, windowText } from './why-text.ts';
import { field, wrap } from './wrap.ts';

/** What a report for the list says of any counterexample. */
type Said =
  | 'claim'
  | 'scope'
  | 'because'
  | 'why'
  | 'schedule'
  | 'replay'
  | 'threadSwitches'
  | 'shrunk'
  | 'initial';

/** A violation, and all that a report for the list says of it. */
export interface ListSubject {
  readonly violation:
    | Pick<FiniteEntry, Said | 'steps'>
    | Pick<LassoEntry, Said | 'prefix' | 'loop' | 'loopFacts'>;
  readonly claim: { readonly sentence: string; readonly source: string | null };
  readonly model: { readonly name: string; readonly version: string };
  /** Name and version. */
  readonly tool: string;
  /** How it was found, and the verdict word. */
  readonly found: string;
  readonly notModelled: readonly string[];
}

export interface ListOptions {
  readonly style: ListStyle;
  /** Indent the diagram by tabs, for the comment of a source file. */
  readonly tabs: boolean;
}

/** For models that say nothing of how their list speaks. */
export const PLAIN_STYLE: ListStyle = {
  wording: {},
  memoryOrder: 'sequential consistency, one step after the other.',
};

const COLUMN = 15;
/** Of a command that is longer than a line. */
const PIECE_WIDTH = TRACE_WIDTH - 4;

/** Every violation of a check as a block for the list; a line if there is none. */
export function listReports(document: CheckDocument, options: ListOptions): string {
  const { tool, model, claims, notModelled, verdict, counterexample } = document;
  const { states, transitions, depth } = document;
  const size = `${count(states)} states, ${count(transitions)} transitions, depth ${depth}`;
  if (counterexample === null) return `No schedule to show. ${verdict}: ${size}\n`;
  return [counterexample, ...document.furtherCounterexamples]
    .map((violation) => {
      const claim = claims.find(({ id }) => id === violation.claim)!;
      const found = `verdict ${verdict} after ${size}`;
      return listReport({ violation, claim, tool, model, found, notModelled }, options);
    })
    .join('\n\n');
}

/**
 * One violation as a block that can be pasted into a mail to a kernel list.
 *
 * @throws Error if the block breaks a rule of its layout, which is a bug of ours
 */
export function listReport(subject: ListSubject, options: ListOptions): string {
  const { violation, claim, notModelled } = subject;
  const line = (title: string, text: string) => field(title, text, COLUMN, TRACE_WIDTH);
  const optional = (title: string, text: string | undefined) =>
    text === undefined ? [] : line(title, text);
  const lines = [
    ...diagramLines(subject, options),
    '',
    ...line('Violates', `${violation.claim}. ${claim.sentence}`),
    ...optional('Claimed by', claim.source ?? undefined),
    ...reasonLines(violation, options.style),
    ...optional('Minimal', shrunkText(violation)),
    ...optional('All ways', racesText(violation)),
    ...line('Found by', foundBy(subject)),
    ...line('Memory order', options.style.memoryOrder),
    ...(notModelled.length === 0 ? [] : line('Not modelled', notModelled.join('; '))),
    'Reproduce:',
    ...commandLines(violation),
    '',
    'Fixes: <12+ sha> ("subject")',
    'Reported-by:',
    'Closes:',
  ];
  const faults = lintList(lines, {
    tabs: options.tabs,
    isLoop: 'loop' in violation,
    words: JSON.stringify([subject, options.style]),
  });
  if (faults.length > 0) {
    throw new Error(`the report for the list breaks a rule of its layout: ${faults.join('; ')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The diagram of a violation, and below it what it leaves out. */
export function diagramLines(
  { violation }: { readonly violation: Drawn & Pick<FiniteEntry, 'initial'> },
  { style, tabs }: ListOptions,
): string[] {
  const run = runOf(violation);
  if (run.steps.length === 0) return ['  (the initial state)'];
  const { cells, named, roles, folded, omitted } = listDiagram(run, style);
  const loop = run.loopStart === undefined ? {} : { loopFrom: run.loopStart + 1 };
  return [
    ...initialLines(violation, named, tabs ? '\t' : '  '),
    ...drawCells(cells, roles, { end: 'violation', tabs, ...loop }),
    ...foldLines(folded, omitted),
  ];
}

/** With which values those variables begin that the diagram speaks of. */
function initialLines(
  { initial }: Pick<FiniteEntry, 'initial'>,
  named: readonly string[],
  indent: string,
): string[] {
  const values = initial
    .filter(({ variable }) => named.includes(variable))
    .map(({ variable, value }) => `${variable} = ${value}`);
  if (values.length === 0) return [];
  const text = `Initially: ${values.join(', ')}`;
  return [...wrap(text, TRACE_WIDTH - widthOf(indent), 2).map((line) => indent + line), ''];
}

/** Why the claim fails: the clause and the race, or what goes on for ever. */
function reasonLines(violation: ListSubject['violation'], { wording }: ListStyle): string[] {
  const line = (title: string, text: string) => field(title, text, COLUMN, TRACE_WIDTH);
  if ('loop' in violation) {
    const { because, loop, loopFacts } = violation;
    return [...line('Because', because), ...loopLines(loop, loopFacts, COLUMN)];
  }
  const { steps, why } = violation;
  const point = byFunction(steps);
  const worded = {
    ...why,
    clause: why.clause.map((fact) => ({ ...fact, text: wording[fact.text] ?? fact.text })),
  };
  return [
    ...line('Because', clauseText(worded, point)),
    ...line('Race window', windowText(why, point)),
  ];
}

/** What stands behind `...`. */
export function foldLines(folded: number, omitted: number): string[] {
  const parts = [
    ...(folded === 0 ? [] : [`${steps(folded)} nothing shared`]),
    ...(omitted === 0 ? [] : [`${steps(omitted)} nothing that the failure is about`]),
  ];
  if (parts.length === 0) return [];
  const text = `(... ${parts.join(', and ')})`;
  return ['', ...wrap(text, TRACE_WIDTH - 2, 2).map((line) => `  ${line}`)];
}

function steps(count: number): string {
  return count === 1 ? '1 step that touches' : `${count} steps that touch`;
}

function foundBy({ tool, model, found, violation }: ListSubject): string {
  const scope: Scope = violation.shrunk?.from.scope ?? violation.scope;
  const shown = showScope(scope);
  return (
    `${tool}, a model checker, in its model ${model.name} ${model.version}` +
    `${shown === '' ? '' : ` (${shown})`}, not on a running kernel; ${found}`
  );
}

/**
 * The command that replays the schedule, for a shell. The schedule may be longer than a line;
 * `replay` ignores what is white in it.
 */
export function commandLines({
  replay,
  schedule,
}: Pick<ListSubject['violation'], 'replay' | 'schedule'>): string[] {
  const whole = `  ${replay}`;
  if (whole.length <= TRACE_WIDTH) return [whole];
  const words = replay.slice(0, replay.indexOf(`'${schedule}'`)).trim();
  return [
    ...wrap(words, PIECE_WIDTH).map((line) => `  ${line} \\`),
    ...piecesOf(`'${schedule}'`).map((piece) => `    ${piece}`),
  ];
}

/** Text without blanks in pieces that fit into a line, ending in slashes where they can. */
function piecesOf(text: string): string[] {
  if (text.length <= PIECE_WIDTH) return [text];
  const slash = text.lastIndexOf('/', PIECE_WIDTH - 1);
  const end = slash > 0 ? slash + 1 : PIECE_WIDTH;
  return [text.slice(0, end), ...piecesOf(text.slice(end))];
}
