import { baseline } from './baseline.ts';
import { rfc_v1 } from './rfc-v1.ts';
import { rfc_v2 } from './rfc-v2.ts';
import { rfc_v2_posted } from './rfc-v2-posted.ts';
import { rfc_v5 } from './rfc-v5.ts';
import { rfc_v5_posted } from './rfc-v5-posted.ts';
import { shared_lock } from './shared-lock.ts';
import { v3 } from './v3.ts';
import type { Version } from './version.ts';

/** The versions of the series, in the order in which they were written. */
export const versions: readonly Version[] = [
  baseline,
  rfc_v1,
  rfc_v2,
  rfc_v2_posted,
  v3,
  rfc_v5_posted,
  rfc_v5,
  shared_lock,
];

/**
 * The version of this name.
 *
 * @throws RangeError if there is none
 */
export function version_of(name: string): Version {
  const version = versions.find((candidate) => candidate.name === name);
  if (version !== undefined) return version;
  const names = versions.map((candidate) => candidate.name);
  throw new RangeError(`variant ${name}: expected one of ${names.join(', ')}`);
}
