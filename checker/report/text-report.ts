import type { Verdict } from '../check/result.ts';
import type { StopReason, Walks } from '../engine/engine.ts';
import { claimsTable, count, isNeverJudged } from './claims-table.ts';
import type { CheckDocument, CounterexampleEntry, ScopeEntry } from './document.ts';
import { forecastLines } from './forecast-text.ts';
import { showScope } from './headline.ts';
import { drawing, FAIRNESS_TEXT, loopLines } from './lasso-text.ts';
import { type LedgerDetail, ledgerLines, ledgerTail } from './ledger-text.ts';
import type { Paint, Tone } from './paint.ts';
import { racesText, shrunkText } from './shrunk-text.ts';
import { TRACE_WIDTH } from './trace-text.ts';
import { byNumber, clauseText, windowText } from './why-text.ts';
import { field, wrap } from './wrap.ts';

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
    fairnessLines(document),
    notClaimed(document),
    ...violations.map((violation) => violationBlock(violation, document, paint)),
    violations.length === 0 ? notModelled(document) : [],
    ledgerLines(document, detail),
    document.forecast === null ? [] : forecastLines(document.forecast),
    helpLines(document),
    movedLines(document),
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
  const named = ({ part, scope }: Pick<ScopeEntry, 'part' | 'scope'>) => {
    const own = Object.entries(scope).filter(([name]) => !(name in common));
    const start = part === 'liveness' ? 'liveness, scope' : 'scope';
    return own.length === 0 ? part : `${start} ${showScope(Object.fromEntries(own))}`;
  };
  return [
    ...scopes.map(
      (entry) =>
        `${named(entry)}: ${paint(TONES[entry.verdict], entry.verdict)}, ` +
        `${walked(entry)}${sizes(entry)}`,
    ),
    ...scopesNotReached.map((entry) => `${named(entry)}: not reached`),
  ];
}

/** What the claims over infinite runs take for granted. */
function fairnessLines({ claims }: CheckDocument): string[] {
  const assumptions = new Set(claims.flatMap(({ fairness }) => fairness ?? []));
  return [...assumptions].flatMap((fairness) => {
    const ids = claims.filter((claim) => claim.fairness === fairness).map(({ id }) => id);
    const text = `${ids.join(', ')}: ${FAIRNESS_TEXT[fairness]}`;
    return field('Assumed', text, FIELD_COLUMN, TRACE_WIDTH);
  });
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

/** One violation, drawn, with all that a reader needs to know of it. */
export function violationBlock(
  violation: CounterexampleEntry,
  document: CheckDocument,
  paint: Paint,
): string[] {
  const claim = document.claims.find(({ id }) => id === violation.claim);
  const line = (title: string, text: string) => field(title, text, FIELD_COLUMN, TRACE_WIDTH);
  return [
    paint('strong', `${violation.claim} fails: ${lengthText(violation)}`),
    '',
    ...drawing(violation),
    '',
    ...line('Violates', `${violation.claim}, ${claim?.sentence ?? ''}`),
    ...(claim?.source ? line('Source', claim.source) : []),
    ...line('Because', violation.because),
    ...causeLines(violation),
    ...notModelled(document),
    `Reproduce:     ${violation.replay}`,
  ];
}

/** What is true where a claim fails, or what goes on for ever. */
function causeLines(violation: CounterexampleEntry): string[] {
  const line = (title: string, text: string) => field(title, text, FIELD_COLUMN, TRACE_WIDTH);
  const shrunk = shrunkText(violation);
  const races = racesText(violation);
  const minimal = [
    ...(shrunk === undefined ? [] : line('Minimal', shrunk)),
    ...(races === undefined ? [] : line('All ways', races)),
  ];
  if ('loop' in violation) {
    return [...loopLines(violation.loop, violation.loopFacts, FIELD_COLUMN), ...minimal];
  }
  const { steps, why } = violation;
  const point = byNumber(steps);
  return [
    ...line('Fails for', clauseText(why, point)),
    ...line('Race window', windowText(why, point)),
    ...minimal,
  ];
}

function lengthText(violation: CounterexampleEntry): string {
  if ('steps' in violation) {
    return `${plural(violation.steps.length, 'step')}, ${switches(violation.threadSwitches)}`;
  }
  const { prefix, loop } = violation;
  return `${plural(prefix.length, 'step')}, and then ${loop.length} again and again`;
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

function movedLines({ baseline, command }: CheckDocument): string[] {
  if (baseline === null) return [];
  const { file, isRecorded, moved } = baseline;
  if (!isRecorded) return [`Not recorded in ${file} yet: ${command} --update-baseline`];
  if (moved.length === 0) return [];
  return [
    `Not as recorded in ${file}:`,
    ...moved.flatMap((text) => wrap(text, TRACE_WIDTH - 2, 2).map((line) => `  ${line}`)),
    `To record what was found, if it is right: ${command} --update-baseline`,
  ];
}

/** The last line of the report: the verdict, how much was searched, and how many claims hold. */
export function verdictLine(document: CheckDocument, paint: Paint): string {
  const { verdict, claims, scopes, simulation } = document;
  const reasons = [...new Set(scopes.flatMap(({ stopped }) => stopped ?? []))];
  const limit = verdict === 'STOPPED' ? ` by the limit on ${reasons.join(' and ')}` : '';
  const holding = claims.filter((claim) => claim.verdict === 'HOLDS');
  const unheard = holding.filter(isNeverJudged).length;
  const never = unheard === 0 ? '' : `, ${unheard} never judged`;
  const seed = simulation === null ? '' : `; seed ${simulation.seed}`;
  const known = `claims ${holding.length - unheard}/${claims.length} hold${never}`;
  const tail = `${known}; ${ledgerTail(document)}${seed}`;
  const walks = walked({ walks: allWalks(scopes) });
  const word = `${recordedText(document)}${paint(TONES[verdict], verdict)}`;
  return `${word}${limit}: ${walks}${sizes(document)}, ${tail}`;
}

/** What comes before the verdict where the exit code is not that of the verdict. */
function recordedText({ baseline }: CheckDocument): string {
  if (!baseline?.isRecorded) return '';
  return baseline.moved.length > 0 ? 'DIVERGED: ' : 'AS RECORDED: ';
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
