import { flagName, type Scope, showParameterValue } from '../language/parameter.ts';
import { commonScope } from './document.ts';

/** What is about to be checked. */
export interface Subject {
  readonly model: string;
  readonly scopes: readonly Scope[];
  readonly claimCount: number;
  /** Makes this run again, without its limits. */
  readonly command: string;
}

/** The first line of a report: what is checked, and the command that does it again. */
export function headline({ model, scopes, claimCount, command }: Subject): string {
  const common = showScope(commonScope(scopes));
  const scopeCount = scopes.length === 1 ? '' : `, ${scopes.length} scopes`;
  const claims = claimCount === 1 ? '1 claim' : `${claimCount} claims`;
  return `check ${model}${common === '' ? '' : `: ${common}`}${scopeCount}, ${claims}; ${command}`;
}

/** A scope as flags without their dashes: `vcpus 3, variant rfc-v2`. */
export function showScope(scope: Scope): string {
  return Object.entries(scope)
    .map(([name, value]) => `${flagName(name)} ${showParameterValue(value)}`)
    .join(', ');
}
