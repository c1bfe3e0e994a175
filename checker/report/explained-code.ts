import type { Bearing, Explanation } from '../explain/explain.ts';
import type { Line, Listing } from '../explain/listing.ts';
import type { ListStyle } from '../language/list-style.ts';
import type { Scope } from '../language/parameter.ts';
import type { Site } from '../language/site.ts';
import { withFamilies } from '../ledger/names.ts';
import { commonScope } from './document.ts';
import { showScope } from './headline.ts';
import { lintMail } from './list-lint.ts';
import { diagramLines } from './list-report.ts';
import { TRACE_WIDTH } from './trace-text.ts';
import { wrap } from './wrap.ts';

/** A tab is as wide as it is shown in kernel code. */
const TAB = 8;

/** What is printed as code. */
export interface ExplainedFunctions {
  /** The tool, the model and its version. */
  readonly by: string;
  readonly scopes: readonly Scope[];
  readonly listings: ReadonlyMap<string, Listing>;
  readonly explanations: readonly Explanation[];
  /** The text at a place in the source of the model, if it can be read. */
  readonly sourceLine: (site: Site) => string | undefined;
  readonly style: ListStyle;
}

/** The races that comments refer to, in the order in which they are referred to. */
type Races = { readonly number: number; readonly functionName: string; readonly one: Told }[];
type Told = Explanation & { readonly outcome: Bearing };

/**
 * Functions as lines of kernel code, each with a comment that says what rests on it: which claim
 * fails without it, after how many steps, and the number of the race, which is drawn below. For a
 * source file: indented by tabs, in 75 columns of ASCII.
 *
 * @throws Error if it breaks a rule for mails, which is a bug of ours
 */
export function explainedCode(subject: ExplainedFunctions): string {
  const races: Races = [];
  const functions = [...subject.listings].flatMap(([name, listing]) => [
    '',
    `${name}()`,
    '{',
    ...listing
      .inOrder()
      .flatMap((line, i) => [
        ...(i === 0 ? [] : ['']),
        ...commentOf(name, line, subject, races),
        `\t${codeOf(line, subject)}`,
      ]),
    '}',
  ]);
  const lines = [
    ...headOf(subject),
    ...functions,
    ...races.flatMap((race) => ['', ...raceLines(race, subject)]),
  ];
  const faults = lintMail(lines, { tabs: true });
  if (faults.length > 0) throw new Error(`the code breaks a rule for mails: ${faults.join('; ')}`);
  return `${lines.join('\n')}\n`;
}

function headOf({ by, scopes }: ExplainedFunctions): string[] {
  const common = commonScope(scopes);
  const shown = scopes.map((scope, i) => {
    const own = Object.entries(scope).filter(([name]) => !(name in common));
    return `${i + 1}: ${own.length === 0 ? 'all of it' : showScope(Object.fromEntries(own))}`;
  });
  return block(
    [
      `By ${by}: what each line is there for. One thing at a time was taken away, and the rest ` +
        'checked, in the scopes below until a claim failed. That no claim notices says so of ' +
        'these scopes and claims, and of no others.',
      ...shown.map((text) => `scope ${text}`),
      ...(Object.keys(common).length === 0 ? [] : [`all with ${showScope(common)}`]),
    ],
    '',
  );
}

/** A comment in the style of the kernel. */
function block(paragraphs: readonly string[], indent: string): string[] {
  const width = TRACE_WIDTH - 3 - (indent === '' ? 0 : TAB);
  return [
    `${indent}/*`,
    ...paragraphs.flatMap((text) => wrap(text, width, 2).map((line) => `${indent} * ${line}`)),
    `${indent} */`,
  ];
}

function commentOf(
  functionName: string,
  { name, label }: Line,
  { explanations, scopes }: ExplainedFunctions,
  races: Races,
): string[] {
  const own = explanations.filter(
    ({ weakening }) => weakening.functionName === functionName && weakening.site === name,
  );
  const bearing = own.filter(isBearing);
  const shortest = bearing.toSorted((a, b) => sizeOf(a) - sizeOf(b))[0];
  if (shortest !== undefined) races.push({ number: races.length + 1, functionName, one: shortest });
  const told = [
    ...bearing.map((one) => bearingText(one, one === shortest ? races.length : undefined)),
    ...idleText(own, bearing.length, scopes.length),
  ];
  const head = label === undefined ? '' : `${label}: `;
  return block([`${head}${told[0]}`, ...told.slice(1)], '\t');
}

function isBearing(one: Explanation): one is Told {
  return one.outcome.kind === 'bearing';
}

/** Races between threads come first, then shorter ones. */
function sizeOf({ outcome: { race } }: Told): number {
  const isAlone = race.threadSwitches === 0;
  return race.steps.length + (isAlone ? Number.MAX_SAFE_INTEGER / 2 : 0);
}

function bearingText({ weakening, outcome }: Told, number: number | undefined): string {
  const { race, alone } = outcome;
  const reference = number === undefined ? '' : ` [${number}]`;
  const other = alone === undefined ? '' : `, and ${alone.claim} by one thread alone`;
  const length = plural(race.steps.length, 'step');
  return `${plainChange(weakening.change)}, ${race.claim} fails in ${length}${reference}${other}`;
}

function idleText(own: readonly Explanation[], bearing: number, scopes: number): string[] {
  const idle = own.filter(({ outcome }) => outcome.kind === 'idle');
  const where = scopes === 1 ? 'scope 1' : `scopes 1 to ${scopes}`;
  if (idle.length > 0) {
    const changes = idle.map(({ weakening }) => plainChange(weakening.change));
    return [`no claim in this scope notices (${where}): ${changes.join('; ')}`];
  }
  return bearing > 0 ? [] : ['nothing can be taken away here on its own'];
}

/** Operations are named after their functions and locks, without the bookkeeping. */
function plainChange(change: string): string {
  return change.replace(/ of \w+$/, '');
}

/** A line of the source if it is a statement of its own, else what the operation is called. */
function codeOf({ action, name, label, site }: Line, subject: ExplainedFunctions): string {
  const { style, sourceLine } = subject;
  const called = (label === undefined ? name : name.slice(label.length + 1)).replace(
    / of \S+$/,
    '',
  );
  const known = style.wording[called];
  if (known !== undefined) return `${known};`;
  const text = site === undefined ? undefined : sourceLine(site);
  const statement = text === undefined ? undefined : kernelLike(text);
  const callee = action.kind === 'call' ? `${action.callee.functionName}(` : '';
  const isWhole = statement?.includes(callee) && callee !== '' && isBalanced(statement);
  const line = isWhole ? statement! : `${withFamilies(called)};`;
  return line.length <= TRACE_WIDTH - TAB ? line : `${withFamilies(called)};`;
}

/** A line of a model, without what the language of models needs and C does not. */
export function kernelLike(text: string): string {
  return text
    .trim()
    .replace(/\.at\('[^']*'\)/g, '')
    .replaceAll('yield* ', '')
    .replace(/\b(\w+)\.(\w+)\(\1(, )?/g, '$2(')
    .replace(/^(const|let) /, '')
    .replaceAll('===', '==')
    .replaceAll('!==', '!=')
    .replace(/ \{$/, '');
}

function isBalanced(text: string): boolean {
  const count = (letter: string) => text.split(letter).length;
  return count('(') === count(')') && count('{') === count('}') && /[;)]$/.test(text);
}

function raceLines({ number, functionName, one }: Races[number], subject: ExplainedFunctions) {
  const { weakening, outcome } = one;
  const { race, scope } = outcome;
  const at = subject.scopes.indexOf(scope) + 1;
  return [
    ...wrap(
      `[${number}] ${functionName}(), ${weakening.summary}: ${race.claim} fails ` +
        `(${plural(race.steps.length, 'step')}, ${switches(race)}, scope ${at})`,
      TRACE_WIDTH,
      4,
    ),
    '',
    ...diagramLines({ violation: race }, { style: subject.style, tabs: false }),
  ];
}

function switches({ threadSwitches }: Bearing['race']): string {
  if (threadSwitches === 0) return 'one thread alone';
  return plural(threadSwitches, 'thread switch', 'thread switches');
}

function plural(n: number, noun: string, nouns = `${noun}s`): string {
  return n === 1 ? `1 ${noun}` : `${n} ${nouns}`;
}
