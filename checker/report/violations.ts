import type { Scope } from '../language/parameter.ts';
import type { CheckDocument, CounterexampleEntry } from './document.ts';
import { showScope } from './headline.ts';

/** The counterexamples of a check, shortest first. */
export function violationsOf(document: CheckDocument): readonly CounterexampleEntry[] {
  const { counterexample, furtherCounterexamples } = document;
  return counterexample === null ? [] : [counterexample, ...furtherCounterexamples];
}

/** That of a claim in a scope. There is one for each claim, in the scope where it is shortest. */
export function violationIn(
  document: CheckDocument,
  claim: string,
  scope: Scope,
): CounterexampleEntry | undefined {
  const shown = showScope(scope);
  return violationsOf(document).find(
    ({ claim: violated, shrunk, scope: found }) =>
      // What was shrunk is shown in another scope than it was found in.
      violated === claim && showScope(shrunk?.from.scope ?? found) === shown,
  );
}
