import { mutations } from '../model/mutations/index.ts';
import type { Mutation } from '../model/mutations/mutation.ts';
import type { KvmScope } from '../model/parameters.ts';
import { scopes } from '../model/scopes.ts';

/** One default scope, with the letter that the tables of docs/scopes.md name it by. */
export interface Column {
  readonly letter: string;
  readonly scope: KvmScope;
}

/** One claim, or all of them, to be judged with one mutation in one default scope. */
export interface MutatedCheck {
  readonly mutation: Mutation;
  readonly column: Column;
  /** That of the column, broken by the mutation and on the base tree that it needs. */
  readonly scope: KvmScope;
  /** A claim of the row of the mutation; absent for an equivalent one: no claim may fail. */
  readonly claim?: string;
}

/** The numbers of vCPUs whose defaults have to catch every mutation on their own. */
export const VCPUS = [2, 3] as const;

/** The default scopes in order. */
export const COLUMNS: readonly Column[] = VCPUS.flatMap((vcpus) => scopes({ vcpus })).map(
  (scope, index) => ({ letter: String.fromCharCode('a'.charCodeAt(0) + index), scope }),
);

/** The mutations whose effect shows in a default scope: the others need more than these have. */
export const SHOWN: readonly Mutation[] = mutations.filter(({ name }) =>
  VCPUS.every((vcpus) =>
    scopes({ vcpus, mutate: name }).every((scope) => columnOf(scope) !== undefined),
  ),
);

/** All checks of all mutations in all default scopes that meet what they need. */
export function mutatedChecks(): readonly MutatedCheck[] {
  return SHOWN.flatMap((mutation) =>
    VCPUS.flatMap((vcpus) => scopes({ vcpus, mutate: mutation.name })).flatMap((scope) => {
      const column = columnOf(scope);
      if (column === undefined) return [];
      const check = { mutation, column, scope };
      if (mutation.hits.length === 0) return [check];
      return mutation.hits.map((claim) => ({ ...check, claim }));
    }),
  );
}

/** A scope in words, e.g. `2 ops, 1 region, prefault`. */
export function scopeText({ ops, regions, host, inject, base }: KvmScope): string {
  return [
    `${ops} ${ops === 1 ? 'op' : 'ops'}`,
    `${regions} ${regions === 1 ? 'region' : 'regions'}`,
    ...(host.length === 0 ? [] : [host.join(' and ')]),
    ...inject,
    ...(base === 'capped-before' ? [] : [base]),
  ].join(', ');
}

function columnOf(scope: KvmScope): Column | undefined {
  return COLUMNS.find((candidate) => sizeOf(candidate.scope) === sizeOf(scope));
}

/** What tells the default scopes apart, whatever the mutation and what it brings along. */
function sizeOf(scope: KvmScope): string {
  return JSON.stringify({ ...scope, variant: undefined, base: undefined, mutate: undefined });
}
