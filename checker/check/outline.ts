import { ASSERTIONS, type ClaimText, DEADLOCK } from '../language/claim.ts';
import { ModelError } from '../language/model-error.ts';
import type { System } from '../language/system.ts';
import type { ClaimResult } from './result.ts';

/** What a claim says, before anything is known of it. */
export type ClaimOutline = ClaimText & Pick<ClaimResult, 'kind'>;

/** The claims that are judged in every system. */
const BUILT_IN: readonly ClaimOutline[] = [
  { id: ASSERTIONS, kind: 'assertion', sentence: 'No assertion of the model fails.' },
  { id: DEADLOCK, kind: 'deadlock', sentence: 'Some thread can go on until all have finished.' },
];

/**
 * The claims that a check of these systems judges, each once, in the order of their declaration.
 *
 * @throws ModelError if a system declares two claims with one id
 */
export function outlineOf(systems: readonly System[]): ClaimOutline[] {
  const outline = new Map<string, ClaimOutline>();
  for (const { claims } of systems) {
    const ids = [...claims, ...BUILT_IN].map(({ id }) => id);
    const twice = ids.find((id, i) => ids.indexOf(id) !== i);
    if (twice !== undefined) {
      throw new ModelError(`two claims are called ${twice}; expected unique ids`);
    }
    for (const { id, kind, sentence, source, blindSpot } of claims) {
      const text = { id, kind, sentence };
      outline.set(id, {
        ...text,
        ...(source === undefined ? {} : { source }),
        ...(blindSpot === undefined ? {} : { blindSpot }),
      });
    }
  }
  return [...outline.values(), ...BUILT_IN];
}
