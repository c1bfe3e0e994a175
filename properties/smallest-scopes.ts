import type { KvmScope } from '../model/parameters.ts';

/** For tests: the smallest scope that shows what a mutation breaks, by its number. */
export const SMALLEST: Readonly<Record<number, Partial<KvmScope>>> = {
  1: { vcpus: 1, ops: 2, regions: 1 },
  2: { vcpus: 2, ops: 2, regions: 1 },
  4: { vcpus: 2, ops: 1, regions: 1 },
  6: { vcpus: 2, ops: 1, regions: 1, conversions: 1 },
  12: { vcpus: 1, ops: 1, regions: 1 },
  16: { vcpus: 1, ops: 2, regions: 2 },
  17: { vcpus: 1, ops: 1, regions: 1 },
  18: { vcpus: 1, ops: 1, regions: 1, conversions: 1 },
  19: { vcpus: 1, ops: 1, regions: 1, conversions: 1 },
  21: { vcpus: 1, ops: 1, regions: 1, conversions: 1 },
  23: { vcpus: 2, ops: 1, regions: 1 },
  32: { vcpus: 1, ops: 1, regions: 1 },
  33: { vcpus: 1, ops: 2, regions: 1 },
  34: { vcpus: 1, ops: 2, regions: 1 },
  36: { vcpus: 1, ops: 2, regions: 1 },
  38: { vcpus: 1, ops: 2, regions: 1 },
  41: { vcpus: 2, ops: 1, regions: 1 },
  43: { vcpus: 1, ops: 1, regions: 1 },
  55: { vcpus: 1, ops: 1, regions: 1, conversions: 1 },
};
