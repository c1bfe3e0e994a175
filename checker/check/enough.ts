import type { Part, ScopeResult } from './result.ts';

/**
 * Ids of claims by the part that judges them: once all of them have failed, the other scopes of
 * that part are spared. A part without such claims is searched to its end.
 */
export type Enough = Partial<Readonly<Record<Part, readonly string[]>>>;

/** Whether the other scopes of a part are spared, given what was found so far. */
export function isEnough(
  enough: Enough,
  part: Part,
  results: readonly Pick<ScopeResult, 'part' | 'claims'>[],
): boolean {
  const { [part]: named = [] } = enough;
  const claims = results.filter((one) => one.part === part).flatMap((one) => one.claims);
  const failed = claims.filter(({ verdict }) => verdict === 'VIOLATED').map(({ id }) => id);
  return named.length > 0 && named.every((id) => failed.includes(id));
}
