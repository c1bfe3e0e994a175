import type { Scope } from '../language/parameter.ts';
import type { CheckDocument, CounterexampleEntry } from './document.ts';
import { showScope } from './headline.ts';

/** The counterexamples of a check, shortest first. */
export function violationsOf(document: CheckDocument): readonly CounterexampleEntry[] {
  const { counterexample, furtherCounterexamples } = document;
  return counterexample === null ? [] : [counterexample, ...furtherCounterexamples];
}

/** That of a claim in a scope. There is one for each claim, in the first scope where it fails. */
export function violationIn(
  document: CheckDocument,
  claim: string,
  scope: Scope,
): CounterexampleEntry | undefined {
  const shown = showScope(scope);
  return violationsOf(document).find(
    (found) => found.claim === claim && showScope(found.scope) === shown,
  );
}
