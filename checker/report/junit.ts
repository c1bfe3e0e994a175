import { isJudgedIn } from '../check/part.ts';
import { isNeverJudged } from './claims-table.ts';
import type { CheckDocument, ClaimEntry, ScopeEntry } from './document.ts';
import { isAccepted } from './exit-code.ts';
import { showScope } from './headline.ts';
import { drawing } from './lasso-text.ts';
import { violationIn } from './violations.ts';
import { element, textElement } from './xml.ts';

type CaseResult = 'passed' | 'failure' | 'error' | 'skipped';

interface Case {
  readonly result: CaseResult;
  readonly name: string;
  /** The elements that say why it did not pass. */
  readonly reason: readonly string[];
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/**
 * JUnit XML as Jenkins and GitLab read it: a suite for each scope, and in it a case for each claim.
 * A violation is a failure; a claim that was not decided is an error, as it is no success. Where
 * the check was compared with a record, and is as recorded, both are skipped; a suite of one case
 * says whether it is. One whose premise was never met in the check is skipped too. There are no
 * times, which would make two reports of one check differ.
 */
export function junitReport(document: CheckDocument): string {
  const suites = [...scopeSuites(document), ...recordSuites(document)];
  const body = suites.map(({ name, cases }) => {
    const elements = cases.map((one) =>
      element('testcase', { name: one.name, classname: document.model.name }, one.reason),
    );
    return element('testsuite', { name, ...countsOf(cases) }, elements);
  });
  const all = countsOf(suites.flatMap(({ cases }) => cases));
  const report = element('testsuites', { name: document.command, ...all }, body);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${report}\n`;
}

function scopeSuites(document: CheckDocument): readonly Suite[] {
  const { model, scopes, scopesNotReached, claims, verdict } = document;
  const judgedIn = ({ part }: Pick<ScopeEntry, 'part'>) =>
    claims.filter(({ kind }) => isJudgedIn(part, kind));
  const nameOfSuite = ({ part, scope }: Pick<ScopeEntry, 'part' | 'scope'>) => {
    const subject = part === 'liveness' ? `${model.name}, liveness` : model.name;
    const values = showScope(scope);
    return values === '' ? subject : `${subject}: ${values}`;
  };
  const ended = `UNDECIDED: the check ended with ${verdict} before it came to this scope`;
  return [
    ...scopes.map((entry) => ({
      name: nameOfSuite(entry),
      cases: judgedIn(entry).map((claim) => caseOf(claim, entry, document)),
    })),
    ...scopesNotReached.map((entry) => ({
      name: nameOfSuite(entry),
      cases: judgedIn(entry).map((claim) =>
        isAsRecorded(document) ? skipped(claim, asRecorded(document, ended)) : error(claim, ended),
      ),
    })),
  ];
}

/** Whether the check is as it was recorded; nothing where it was compared with no record. */
function recordSuites({ baseline, model }: CheckDocument): readonly Suite[] {
  if (baseline === null || !baseline.isRecorded) return [];
  const { file, moved } = baseline;
  const name = `as recorded in ${file}`;
  const message = moved.join('; ');
  const reason = moved.length === 0 ? [] : [element('failure', { message, type: 'DIVERGED' })];
  const result = moved.length === 0 ? 'passed' : 'failure';
  return [{ name: `${model.name}, record`, cases: [{ result, name, reason }] }];
}

/** Then the exit code is that of a success, whatever the record says. */
function isAsRecorded({ baseline, verdict }: CheckDocument): boolean {
  return baseline?.isRecorded === true && baseline.moved.length === 0 && verdict !== 'VACUOUS';
}

function asRecorded({ baseline }: CheckDocument, text: string): string {
  return `${text}; as recorded in ${baseline?.file}`;
}

function caseOf(claim: ClaimEntry, entry: ScopeEntry, document: CheckDocument): Case {
  const verdict = entry.claims.find(({ id }) => id === claim.id)?.verdict ?? 'UNDECIDED';
  switch (verdict) {
    case 'VIOLATED':
      return failure(claim, entry, document);
    case 'UNDECIDED': {
      if (isAccepted(entry.verdict, document.accepts)) {
        return skipped(claim, 'BOUNDED, which is accepted: not proved');
      }
      const limit = entry.stopped === null ? '' : ` by the limit on ${entry.stopped}`;
      const reason = `UNDECIDED: the search of this scope ended with ${entry.verdict}${limit}`;
      if (isAsRecorded(document)) return skipped(claim, asRecorded(document, reason));
      return error(claim, reason);
    }
    case 'HOLDS':
      if (document.verdict === 'VACUOUS' && !isAccepted('VACUOUS', document.accepts)) {
        return error(claim, 'VACUOUS: holds, but what the check must show was not shown');
      }
      return isNeverJudged(claim)
        ? skipped(claim, 'never judged: its premise was never met in this check')
        : { result: 'passed', name: nameOf(claim), reason: [] };
  }
}

function failure(claim: ClaimEntry, { scope }: ScopeEntry, document: CheckDocument): Case {
  const found = violationIn(document, claim.id, scope);
  const message =
    found === undefined
      ? `${claim.id} fails here too; the counterexample shown is of another scope`
      : `${claim.id} fails: ${found.because}`;
  const drawn =
    found === undefined ? [] : [[...drawing(found), '', `Reproduce: ${found.replay}`].join('\n')];
  const output = drawn.map((text) => textElement('system-out', text));
  if (isAsRecorded(document)) {
    const { result, name, reason } = skipped(claim, asRecorded(document, message));
    return { result, name, reason: [...reason, ...output] };
  }
  const reason = [element('failure', { message, type: 'VIOLATED' }), ...output];
  return { result: 'failure', name: nameOf(claim), reason };
}

function skipped(claim: ClaimEntry, why: string): Case {
  return { result: 'skipped', name: nameOf(claim), reason: [textElement('skipped', why)] };
}

function error(claim: ClaimEntry, message: string): Case {
  const type = message.split(':', 1)[0]!;
  return {
    result: 'error',
    name: nameOf(claim),
    reason: [element('error', { message, type })],
  };
}

function nameOf({ id, sentence }: ClaimEntry): string {
  return `${id}: ${sentence}`;
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, number>> {
  const count = (wanted: CaseResult) => cases.filter(({ result }) => result === wanted).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error') };
}
