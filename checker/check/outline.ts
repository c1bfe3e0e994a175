import { ModelError } from '../language/model-error.ts';
import type { System } from '../language/system.ts';
import { BUILT_IN, type ClaimOutline, outlineOfClaim } from './claim-results.ts';

/**
 * The claims that a check of these systems judges, each once, in the order of their declaration.
 *
 * @param liveness the systems whose claims over infinite runs are judged, and their assertions
 * @throws ModelError if a system declares two claims with one id
 */
export function outlineOf(
  systems: readonly System[],
  liveness: readonly System[] = [],
): ClaimOutline[] {
  const outline = new Map<string, ClaimOutline>();
  for (const system of [...systems, ...liveness]) {
    const all = [...system.claims, ...(system.liveness ?? []), ...BUILT_IN];
    const ids = all.map(({ id }) => id);
    const twice = ids.find((id, i) => ids.indexOf(id) !== i);
    if (twice !== undefined) {
      throw new ModelError(`two claims are called ${twice}; expected unique ids`);
    }
  }
  for (const claim of systems.flatMap(({ claims }) => claims)) {
    outline.set(claim.id, outlineOfClaim(claim));
  }
  for (const system of liveness) {
    // Assertions are judged on the way, in every scope.
    const assertions = system.claims.filter(({ kind }) => kind === 'assertion');
    for (const claim of [...assertions, ...(system.liveness ?? [])]) {
      outline.set(claim.id, outlineOfClaim(claim));
    }
  }
  return [...outline.values(), ...BUILT_IN];
}
