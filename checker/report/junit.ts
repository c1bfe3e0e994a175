import { isJudgedIn } from '../check/part.ts';
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

/**
 * JUnit XML as Jenkins and GitLab read it: a suite for each scope, and in it a case for each claim.
 * A violation is a failure; a claim that was not decided is an error, as it is no success. There
 * are no times, which would make two reports of one check differ.
 */
export function junitReport(document: CheckDocument): string {
  const { model, scopes, scopesNotReached, claims, verdict } = document;
  const judgedIn = ({ part }: Pick<ScopeEntry, 'part'>) =>
    claims.filter(({ kind }) => isJudgedIn(part, kind));
  const suites = [
    ...scopes.map((entry) => ({
      ...entry,
      cases: judgedIn(entry).map((claim) => caseOf(claim, entry, document)),
    })),
    ...scopesNotReached.map((entry) => ({
      ...entry,
      cases: judgedIn(entry).map((claim) =>
        error(claim, `UNDECIDED: the check ended with ${verdict} before it came to this scope`),
      ),
    })),
  ];
  const body = suites.map(({ part, scope, cases }) => {
    const subject = part === 'liveness' ? `${model.name}, liveness` : model.name;
    const values = showScope(scope);
    const name = values === '' ? subject : `${subject}: ${values}`;
    const elements = cases.map((one) =>
      element('testcase', { name: one.name, classname: model.name }, one.reason),
    );
    return element('testsuite', { name, ...countsOf(cases) }, elements);
  });
  const all = countsOf(suites.flatMap(({ cases }) => cases));
  const report = element('testsuites', { name: document.command, ...all }, body);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${report}\n`;
}

function caseOf(claim: ClaimEntry, entry: ScopeEntry, document: CheckDocument): Case {
  const verdict = entry.claims.find(({ id }) => id === claim.id)?.verdict ?? 'UNDECIDED';
  switch (verdict) {
    case 'VIOLATED':
      return failure(claim, entry, document);
    case 'UNDECIDED': {
      if (isAccepted(entry.verdict, document.accepts)) {
        const reason = [textElement('skipped', 'BOUNDED, which is accepted: not proved')];
        return { result: 'skipped', name: nameOf(claim), reason };
      }
      const limit = entry.stopped === null ? '' : ` by the limit on ${entry.stopped}`;
      const reason = `UNDECIDED: the search of this scope ended with ${entry.verdict}${limit}`;
      return error(claim, reason);
    }
    case 'HOLDS':
      return document.verdict === 'VACUOUS' && !isAccepted('VACUOUS', document.accepts)
        ? error(claim, 'VACUOUS: holds, but what the check must show was not shown')
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
  return {
    result: 'failure',
    name: nameOf(claim),
    reason: [
      element('failure', { message, type: 'VIOLATED' }),
      ...drawn.map((text) => textElement('system-out', text)),
    ],
  };
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
