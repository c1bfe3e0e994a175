import type { Canary } from '../checker/index.ts';
import type { parameters } from './parameters.ts';

/** The core race (domain.md 8.4, 23): small, and nothing is caught if this is not. */
export const canary: Canary<typeof parameters> = {
  summary: 'mutation 23, the goal level decided before mmu_lock is taken',
  scope: { vcpus: 2, ops: 1, regions: 1, mutate: 'goal-before-lock' },
  caughtBy: ['P3'],
};
