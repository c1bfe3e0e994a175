/** The claims of a version that fail, with the length of a shortest schedule. */
export type Failures = Readonly<Record<string, number>>;

/**
 * What domain.md 6.7 and 10 say of each version, with one vCPU. All that the livelocks of baseline
 * and rfc-v1 break is liveness.
 */
export const FAILURES: Readonly<Record<string, Failures>> = {
  baseline: {},
  'rfc-v1': {},
  'rfc-v2': {},
  'rfc-v2-posted': { T5: 23 },
  v3: {},
  'rfc-v5-posted': { P1: 18, P4: 24, P6: 26 },
  'rfc-v5': {},
  'shared-lock': {},
};
