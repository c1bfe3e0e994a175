import { count } from './claims-table.ts';
import type { CheckDocument } from './document.ts';
import type { LedgerDocument, ObligationEntry } from './ledger-document.ts';
import { TRACE_WIDTH } from './trace-text.ts';
import { field, wrap } from './wrap.ts';

const FIELD_COLUMN = 15;

/** How much of the ledger a report shows: what is not met, or everything. */
export type LedgerDetail = 'summary' | 'all';

/** What had to be seen and was not, what need not be, and whether the canary was caught. */
export function ledgerLines(
  { ledger, canary, verdict }: CheckDocument,
  detail: LedgerDetail,
): string[] {
  if (ledger === null) return [];
  const line = (title: string, text: string) => field(title, text, FIELD_COLUMN, TRACE_WIDTH);
  const unmet = ledger.obligations.filter(({ status }) => status === 'unmet');
  const caught = canary?.caught ?? null;
  return [
    ...line('Ledger', summaryOf(ledger)),
    ...waivedBy(ledger).flatMap(([reason, names]) => line('Waived', `${names.length}: ${reason}`)),
    ...(ledger.uncalled.length === 0
      ? []
      : line('Out of scope', `never called: ${ledger.uncalled.join(', ')}`)),
    ...(canary === null
      ? line('Canary', 'the model names none')
      : line(
          'Canary',
          caught === null
            ? `${canary.summary}, SURVIVED: expected ${canary.caughtBy.join(' or ')} to fail`
            : `${canary.summary}, was caught by ${caught}`,
        )),
    ...(detail === 'all' ? ['', ...everything(ledger)] : []),
    ...(unmet.length === 0 ? [] : ['', 'Not met:', ...unmet.flatMap(unmetLines)]),
    ...(verdict === 'VACUOUS' && unmet.length > 0 ? ['', ...HELP] : []),
  ];
}

/** `ledger n/m, canary ...`: the end of the last line of a report. */
export function ledgerTail({ ledger, canary }: CheckDocument): string {
  if (ledger === null) return 'no ledger';
  const state =
    canary === null ? 'no canary' : canary.caught === null ? 'canary SURVIVED' : 'canary caught';
  return `ledger ${ledger.accounted}/${ledger.total}, ${state}`;
}

const HELP = [
  ...wrap(
    'Each claim holds in all of this space, but the space does not show what is listed above. A ' +
      'bigger scope may: more operations, threads or memory. Or the model cannot do it at all: ' +
      'then the code is dead, or a waiver of the model should say why.',
    TRACE_WIDTH,
  ),
];

function summaryOf({ obligations, total }: LedgerDocument): string {
  const by = (status: ObligationEntry['status']) =>
    obligations.filter((entry) => entry.status === status);
  const claims = [...new Set(by('forbidden').flatMap(({ claim }) => claim ?? []))].sort();
  const forbidden = `${by('forbidden').length} must not happen (${claims.join(', ')})`;
  return [
    `${by('met').length} of ${total} obligations were met`,
    ...(claims.length === 0 ? [] : [forbidden]),
    ...(by('waived').length === 0 ? [] : [`${by('waived').length} are waived`]),
    ...(by('unmet').length === 0 ? [] : [`${by('unmet').length} are NOT MET`]),
  ].join(', ');
}

/** The waived obligations by reason, in the order of the ledger. */
function waivedBy({ obligations }: LedgerDocument): (readonly [string, readonly string[]])[] {
  const reasons = new Map<string, string[]>();
  for (const { status, reason, name } of obligations) {
    if (status !== 'waived' || reason === null) continue;
    reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  }
  return [...reasons];
}

function unmetLines({ name, reason }: ObligationEntry): string[] {
  return [`  ${name}`, `      ${reason}`];
}

function everything({ obligations }: LedgerDocument): string[] {
  const width = Math.max(...obligations.map(({ times }) => count(times).length));
  return obligations.map(({ status, times, name, claim }) => {
    const shown = status === 'met' ? count(times) : '-';
    const mark = status === 'met' ? '' : status === 'forbidden' ? `  [${claim}]` : `  [${status}]`;
    return `  ${shown.padStart(width)}  ${name}${mark}`;
  });
}
