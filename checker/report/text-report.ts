import type { Verdict } from '../check/result.ts';
import type { StopReason, Walks } from '../engine/engine.ts';
import type { Scope } from '../language/parameter.ts';
import { claimsTable, count } from './claims-table.ts';
import type { CheckDocument, CounterexampleEntry } from './document.ts';
import { showScope } from './headline.ts';
import { type LedgerDetail, ledgerLines, ledgerTail } from './ledger-text.ts';
import type { Paint, Tone } from './paint.ts';
import { shrunkText } from './shrunk-text.ts';
import { TRACE_WIDTH, traceText } from './trace-text.ts';
import { byNumber, clauseText, windowText } from './why-text.ts';
import { field } from './wrap.ts';

const TONES: Readonly<Record<Verdict, Tone>> = {
  EXHAUSTED: 'good',
  VIOLATED: 'bad',
  BOUNDED: 'unsure',
  STOPPED: 'unsure',
  VACUOUS: 'unsure',
  INTERRUPTED: 'unsure',
};

const HELP: Readonly<Record<StopReason, string>> = {
  states: 'a higher --max-states, or a smaller scope',
  memory: 'a higher --max-memory on a bigger machine, or a smaller scope',
  time: 'a longer --time, or a smaller scope',
  interrupt: 'to let it run to its end',
};

const FIELD_COLUMN = 15;

/**
 * The report that people read, below the headline: scopes, claims, what is not modelled, the
 * violations drawn, and the verdict as its last line. The same bytes for the same result.
 */
export function textReport(
  document: CheckDocument,
  paint: Paint,
  detail: LedgerDetail = 'summary',
): string {
  const { counterexample, furtherCounterexamples } = document;
  const violations = [
    ...(counterexample === null ? [] : [counterexample]),
    ...furtherCounterexamples,
  ];
  const blocks = [
    scopeLines(document, paint),
    symmetryLines(document),
    claimsTable(document.claims, paint),
    notClaimed(document),
    ...violations.map((violation) => violationBlock(violation, document, paint)),
    violations.length === 0 ? notModelled(document) : [],
    ledgerLines(document, detail),
    helpLines(document),
    [verdictLine(document, paint)],
  ];
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function scopeLines(document: CheckDocument, paint: Paint): string[] {
  const { scopes, scopesNotReached, scope: common } = document;
  if (scopes.length + scopesNotReached.length < 2) return [];
  const named = (scope: Scope) => {
    const own = Object.entries(scope).filter(([name]) => !(name in common));
    return `scope ${showScope(Object.fromEntries(own))}`;
  };
  return [
    ...scopes.map(
      ({ scope, verdict, ...size }) =>
        `${named(scope)}: ${paint(TONES[verdict], verdict)}, ${walked(size)}${sizes(size)}`,
    ),
    ...scopesNotReached.map((scope) => `${named(scope)}: not reached`),
  ];
}

/** How states are counted, where it is not one by one. */
function symmetryLines({ scopes }: CheckDocument): string[] {
  const classes = new Set(scopes.flatMap(({ symmetric }) => symmetric.map((c) => listed(c))));
  return [...classes].flatMap((threads) =>
    field(
      'Symmetry',
      `${threads} are interchangeable, and states that differ by a renaming of them are counted ` +
        'once (--no-symmetry keeps them all)',
      FIELD_COLUMN,
      TRACE_WIDTH,
    ),
  );
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function violationBlock(
  violation: CounterexampleEntry,
  document: CheckDocument,
  paint: Paint,
): string[] {
  const claim = document.claims.find(({ id }) => id === violation.claim);
  const line = (title: string, text: string) => field(title, text, FIELD_COLUMN, TRACE_WIDTH);
  const { steps, threadSwitches, why } = violation;
  const point = byNumber(steps);
  const minimal = shrunkText(violation);
  return [
    paint(
      'strong',
      `${violation.claim} fails: ${plural(steps.length, 'step')}, ${switches(threadSwitches)}`,
    ),
    '',
    ...traceText(steps),
    '',
    ...line('Violates', `${violation.claim}, ${claim?.sentence ?? ''}`),
    ...(claim?.source ? line('Source', claim.source) : []),
    ...line('Because', violation.because),
    ...line('Fails for', clauseText(why, point)),
    ...line('Race window', windowText(why, point)),
    ...(minimal === undefined ? [] : line('Minimal', minimal)),
    ...notModelled(document),
    `Reproduce:     ${violation.replay}`,
  ];
}

function notModelled({ notModelled: items }: CheckDocument): string[] {
  if (items.length === 0) return [];
  return field('Not modelled', items.join('; '), FIELD_COLUMN, TRACE_WIDTH);
}

/** The claims that are left out on purpose, so that nobody takes them for held. */
function notClaimed({ notClaimed: items }: CheckDocument): string[] {
  return items.flatMap(({ claim, because }) =>
    field('Not claimed', `${claim}: ${because}`, FIELD_COLUMN, TRACE_WIDTH),
  );
}

function helpLines({ verdict, scopes }: CheckDocument): string[] {
  if (verdict === 'BOUNDED') {
    return ['Walks by chance prove nothing. What would help: a search, without --simulate.'];
  }
  if (verdict !== 'STOPPED') return [];
  const reasons = new Set(scopes.flatMap(({ stopped }) => stopped ?? []));
  return [...reasons].map((reason) => `What would help: ${HELP[reason]}.`);
}

/** The last line of the report: the verdict, how much was searched, and how many claims hold. */
export function verdictLine(document: CheckDocument, paint: Paint): string {
  const { verdict, claims, scopes, simulation } = document;
  const reasons = [...new Set(scopes.flatMap(({ stopped }) => stopped ?? []))];
  const limit = verdict === 'STOPPED' ? ` by the limit on ${reasons.join(' and ')}` : '';
  const holding = claims.filter((claim) => claim.verdict === 'HOLDS').length;
  const seed = simulation === null ? '' : `; seed ${simulation.seed}`;
  const tail = `claims ${holding}/${claims.length} hold; ${ledgerTail(document)}${seed}`;
  const walks = walked({ walks: allWalks(scopes) });
  return `${paint(TONES[verdict], verdict)}${limit}: ${walks}${sizes(document)}, ${tail}`;
}

function allWalks(scopes: CheckDocument['scopes']): Walks | null {
  const all = scopes.flatMap(({ walks }) => walks ?? []);
  if (all.length === 0) return null;
  return {
    taken: all.reduce((sum, { taken }) => sum + taken, 0),
    cut: all.reduce((sum, { cut }) => sum + cut, 0),
  };
}

function walked({ walks }: { walks: Walks | null }): string {
  if (walks === null) return '';
  const cut = walks.cut === 0 ? '' : ` (${count(walks.cut)} cut)`;
  return `walks ${count(walks.taken)}${cut}, `;
}

function sizes(of: { states: number; transitions: number; depth: number }): string {
  return `states ${count(of.states)}, transitions ${count(of.transitions)}, depth ${of.depth}`;
}

function switches(threadSwitches: number): string {
  return threadSwitches === 1 ? '1 thread switch' : `${threadSwitches} thread switches`;
}

function plural(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`;
}
