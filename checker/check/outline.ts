import { ModelError } from '../language/model-error.ts';
import type { System } from '../language/system.ts';
import { BUILT_IN, type ClaimOutline } from './claim-results.ts';

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
      outline.set(id, {
        id,
        kind,
        sentence,
        ...(source === undefined ? {} : { source }),
        ...(blindSpot === undefined ? {} : { blindSpot }),
      });
    }
  }
  return [...outline.values(), ...BUILT_IN];
}
