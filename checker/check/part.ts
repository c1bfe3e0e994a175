import type { ClaimResult, Part } from './result.ts';

/** Whether claims of a kind are judged in a part of a check. Some are in both. */
export function isJudgedIn(part: Part, kind: ClaimResult['kind']): boolean {
  if (kind === 'assertion' || kind === 'deadlock') return true;
  return (kind === 'liveness') === (part === 'liveness');
}
