import { flagName, type Scope, showParameterValue } from '../language/parameter.ts';
import { type CheckDocument, commonScope } from './document.ts';
import type { Acceptable } from './exit-code.ts';

/** What is about to be checked. */
export interface Subject {
  readonly model: { readonly name: string };
  readonly scopes: readonly Scope[];
  readonly claims: readonly unknown[];
  /** BOUNDED exits with 0. */
  readonly accepts?: Acceptable | null;
}

/**
 * The first line of a report: what is checked, and the command that makes this run again without
 * its limits.
 */
export function headline({ model, scopes, claims, accepts }: Subject, command: string): string {
  const common = showScope(commonScope(scopes));
  const scopeCount = scopes.length === 1 ? '' : `, ${scopes.length} scopes`;
  const claimCount = claims.length === 1 ? '1 claim' : `${claims.length} claims`;
  const accepted = accepts ? `, ${accepts.toUpperCase()} is accepted` : '';
  const scope = common === '' ? '' : `: ${common}`;
  return `check ${model.name}${scope}${scopeCount}, ${claimCount}${accepted}; ${command}`;
}

/** The headline of a check that has ended: the same line that was printed when it began. */
export function documentHeadline(document: CheckDocument): string {
  const { model, claims, command, scopesNotReached, accepts } = document;
  const scopes = [...document.scopes.map(({ scope }) => scope), ...scopesNotReached];
  return headline({ model, scopes, claims, accepts }, command);
}

/** A scope as flags without their dashes: `vcpus 3, variant rfc-v2`. */
export function showScope(scope: Scope): string {
  return Object.entries(scope)
    .map(([name, value]) => `${flagName(name)} ${showParameterValue(value)}`)
    .join(', ');
}
