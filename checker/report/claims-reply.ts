import type { Scope } from '../language/parameter.ts';
import type { Quote } from '../language/quote.ts';
import { count } from './claims-table.ts';
import {
  type CheckDocument,
  type ClaimEntry,
  type CounterexampleEntry,
  commonScope,
} from './document.ts';
import { showScope } from './headline.ts';
import { FAIRNESS_TEXT } from './lasso-text.ts';
import { ledgerTail } from './ledger-text.ts';
import { lintMail } from './list-lint.ts';
import { commandLines, diagramLines, type ListOptions } from './list-report.ts';
import { TRACE_WIDTH } from './trace-text.ts';
import { field, wrap } from './wrap.ts';

const COLUMN = 15;
const LETTERS = 26;
const WORDS = { HOLDS: 'holds', VIOLATED: 'fails', UNDECIDED: 'is undecided' } as const;
/** The mark of a line that somebody else wrote. */
const QUOTED = '> ';

interface ReplyOptions extends ListOptions {
  /** The parameters that say how big a scope is; all numbers if absent. */
  readonly sizes?: readonly string[];
}

/**
 * A reply to a thread, in plain text: each sentence that claims test, quoted, with what the check
 * says of these claims. Below it how that was found, once for all.
 *
 * @throws Error if it breaks a rule for mails, which is a bug of ours
 */
export function claimsReply(
  document: CheckDocument,
  thread: readonly Quote[],
  options: ReplyOptions,
): string {
  if (thread.length === 0) return 'The model quotes nobody, so there is nothing to reply to.\n';
  const shown = new Set<string>();
  const blocks = thread.map((quote, i) => [
    ...(isSameMail(quote, thread[i - 1]) ? [] : attribution(quote)),
    ...wrap(quote.text, TRACE_WIDTH - QUOTED.length).map((line) => QUOTED + line),
    '',
    ...quote.testedBy.flatMap((id) => [...answer(id, document, shown, options), '']),
  ]);
  const lines = [...blocks.flat(), ...foundLines(document, options)];
  const faults = lintMail(lines, options);
  if (faults.length > 0) {
    throw new Error(`the reply breaks a rule for mails: ${faults.join('; ')}`);
  }
  return `${lines.join('\n')}\n`;
}

function isSameMail({ who, when, where }: Quote, before: Quote | undefined): boolean {
  return before?.who === who && before.when === when && before.where === where;
}

function attribution({ who, when, where, messageId }: Quote): string[] {
  const place = messageId === undefined ? where : `${where}; in <${messageId}>`;
  return wrap(`On ${when}, ${who} wrote (${place}):`, TRACE_WIDTH);
}

/** What the check says of one claim, once, with the schedule if it fails. */
function answer(
  id: string,
  document: CheckDocument,
  shown: Set<string>,
  options: ReplyOptions,
): string[] {
  const say = (verdict: string, text: string) => wrap(`${id} ${verdict}: ${text}`, TRACE_WIDTH, 4);
  const claim = document.claims.find((one) => one.id === id);
  if (claim === undefined) {
    const left = document.notClaimed.find((one) => one.claim === id);
    return say(
      'is not judged here',
      left?.because ?? 'nothing in these scopes puts it to the test.',
    );
  }
  const { verdict, sentence } = claim;
  if (shown.has(id)) return [`${id} ${WORDS[verdict]}, see above.`];
  shown.add(id);
  if (verdict === 'HOLDS') return say(`holds ${extentOf(claim, document, options)}`, sentence);
  const found = violations(document).find((one) => one.claim === id);
  if (found === undefined) return say('is undecided, as the search ended first', sentence);
  return [...say(`fails ${lengthOf(found)}`, sentence), ...scheduleLines(found, options)];
}

function violations(document: CheckDocument): readonly CounterexampleEntry[] {
  const { counterexample, furtherCounterexamples } = document;
  return counterexample === null ? [] : [counterexample, ...furtherCounterexamples];
}

function lengthOf(found: CounterexampleEntry): string {
  if ('loop' in found)
    return `in a loop of ${found.loop.length} after ${found.prefix.length} steps`;
  const { steps, threadSwitches } = found;
  const switches = threadSwitches === 1 ? '1 thread switch' : `${threadSwitches} thread switches`;
  return `after ${steps.length === 1 ? '1 step' : `${steps.length} steps`} and ${switches}`;
}

function scheduleLines(found: CounterexampleEntry, options: ListOptions): string[] {
  const drawn = diagramLines({ violation: found }, options);
  return ['', ...drawn, '', 'Reproduce:', ...commandLines(found)];
}

/**
 * How far it was searched: the biggest value of each size among the scopes in which the premise was
 * met, as no single scope need have all of them, and which scopes these are.
 */
function extentOf(
  { id, kind, premise }: ClaimEntry,
  { scopes }: CheckDocument,
  { sizes }: ReplyOptions,
): string {
  const met = scopes.filter(({ claims }) => claims.some((one) => one.id === id && one.premise > 0));
  const [first] = met;
  if (first === undefined) {
    return kind === 'assertion' || kind === 'deadlock'
      ? 'in all of the scopes below'
      : 'only because its premise was never met';
  }
  const isSize = (name: string) => typeof first.scope[name] === 'number';
  const biggest = (name: string) => Math.max(...met.map(({ scope }) => Number(scope[name])));
  const names = (sizes ?? Object.keys(first.scope)).filter(isSize);
  const extent = showScope(Object.fromEntries(names.map((name) => [name, biggest(name)])));
  const where = met.map((one) => letterOf(scopes.indexOf(one))).join(', ');
  const upTo = extent === '' ? '' : `for up to ${extent} `;
  return `${upTo}(exhausted: ${where}; judged ${count(premise)} times)`;
}

/** What a scope is called: A to Z, then A1 and so on. */
function letterOf(index: number): string {
  const letter = String.fromCharCode('A'.charCodeAt(0) + (index % LETTERS));
  return index < LETTERS ? letter : `${letter}${Math.floor(index / LETTERS)}`;
}

/** Who says so, and what it rests on. */
function foundLines(document: CheckDocument, { style }: ListOptions): string[] {
  const { tool, model, verdict, states, transitions, depth, notModelled, command } = document;
  const line = (title: string, text: string) => field(title, text, COLUMN, TRACE_WIDTH);
  const fairness = [...new Set(document.claims.flatMap((claim) => claim.fairness ?? []))];
  const common = showScope(commonScope(document.scopes.map(({ scope }) => scope)));
  return [
    ...line(
      'Found by',
      `${tool}, a model checker, in its model ${model.name} ${model.version}` +
        `${common === '' ? '' : ` (${common})`}, not on a running kernel; verdict ${verdict} ` +
        `after ${count(states)} states, ${count(transitions)} transitions, depth ${depth}; ` +
        ledgerTail(document),
    ),
    ...document.scopes.flatMap((entry, i) =>
      line(`Scope ${letterOf(i)}`, scopeText(entry, document)),
    ),
    ...fairness.flatMap((one) => line('Assumed', FAIRNESS_TEXT[one])),
    ...line('Memory order', style.memoryOrder),
    ...(notModelled.length === 0 ? [] : line('Not modelled', notModelled.join('; '))),
    'Run again:',
    ...wrap(command, TRACE_WIDTH - 4).map((part, i, all) =>
      i < all.length - 1 ? `  ${part} \\` : `  ${part}`,
    ),
  ];
}

function scopeText(
  { part, scope, verdict, states }: CheckDocument['scopes'][number],
  { scopes }: CheckDocument,
): string {
  const common = commonScope(scopes.map((one) => one.scope));
  const own: Scope = Object.fromEntries(
    Object.entries(scope).filter(([name]) => !(name in common) || scopes.length === 1),
  );
  const words = [...(part === 'liveness' ? [part] : []), showScope(own)];
  const named = words.filter((word) => word !== '').join(', ');
  return `${named === '' ? part : named}: ${verdict}, ${count(states)} states`;
}
