import type { Part } from '../check/result.ts';
import { flagName, type Scope, showParameterValue } from '../language/parameter.ts';
import { type CheckDocument, type ClaimEntry, commonScope } from './document.ts';
import type { Acceptable } from './exit-code.ts';

/** What is about to be checked. */
export interface Subject {
  readonly model: { readonly name: string };
  readonly scopes: readonly Scope[];
  /** Where the claims over infinite runs are judged; nowhere if absent. */
  readonly livenessScopes?: readonly Scope[];
  /** There are claims over infinite runs, which are not judged. */
  readonly leavesOutLiveness?: boolean;
  readonly claims: readonly Pick<ClaimEntry, 'kind'>[];
  /** BOUNDED exits with 0. */
  readonly accepts?: Acceptable | null;
}

/**
 * The first line of a report: what is checked, and the command that makes this run again without
 * its limits.
 */
export function headline(subject: Subject, command: string): string {
  const { model, scopes, livenessScopes = [], claims, accepts } = subject;
  const common = showScope(commonScope([...scopes, ...livenessScopes]));
  const liveness = claims.filter(({ kind }) => kind === 'liveness').length;
  const parts = [
    ...(common === '' ? [] : [common]),
    ...(scopes.length === 0 ? [] : [...scopeCount(scopes), counted(claims.length - liveness)]),
    ...(accepts ? [`${accepts.toUpperCase()} is accepted`] : []),
  ];
  const endless =
    livenessScopes.length === 0
      ? []
      : [['liveness', ...scopeCount(livenessScopes), counted(liveness)].join(', ')];
  const leftOut = subject.leavesOutLiveness ? ['no liveness'] : [];
  const what = [parts.join(', '), ...endless, ...leftOut].filter((text) => text !== '');
  return `check ${model.name}${common === '' ? ', ' : ': '}${what.join('; ')}; ${command}`;
}

function scopeCount(scopes: readonly Scope[]): string[] {
  return scopes.length === 1 ? [] : [`${scopes.length} scopes`];
}

function counted(claims: number): string {
  return claims === 1 ? '1 claim' : `${claims} claims`;
}

/** The headline of a check that has ended: the same line that was printed when it began. */
export function documentHeadline(document: CheckDocument): string {
  const { model, claims, command, leavesOutLiveness, accepts } = document;
  const all = [...document.scopes, ...document.scopesNotReached];
  const of = (part: Part) => all.filter((one) => one.part === part).map(({ scope }) => scope);
  const subject = { model, scopes: of('safety'), livenessScopes: of('liveness'), claims };
  return headline({ ...subject, leavesOutLiveness, accepts }, command);
}

/** A scope as flags without their dashes: `vcpus 3, variant rfc-v2`. */
export function showScope(scope: Scope): string {
  return Object.entries(scope)
    .map(([name, value]) => `${flagName(name)} ${showParameterValue(value)}`)
    .join(', ');
}
