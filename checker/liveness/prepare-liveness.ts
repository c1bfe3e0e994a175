import type { System } from '../language/system.ts';
import { type Prepared, prepare } from '../search/explore.ts';

/** Makes a system ready for its claims over infinite runs, and of the others only assertions. */
export function prepareLiveness(system: System, onFunction?: (name: string) => void): Prepared {
  const claims = system.claims.filter(({ kind }) => kind === 'assertion');
  return prepare({ ...system, claims }, onFunction, system.liveness ?? []);
}
