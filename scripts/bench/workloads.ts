import type { Model } from '../../checker/index.ts';
import type { Scope } from '../../checker/language/parameter.ts';
import mixedAccepts from '../../docs/examples/mixed-accepts.ts';
import peterson from '../../docs/examples/peterson.ts';
import kernel from '../../properties/index.ts';

/** One state space that the contestants search. */
export interface Workload {
  readonly name: string;
  readonly model: Model;
  readonly scope: Partial<Scope>;
  /** A small scope of the same model, explored first so that the hot code is compiled. */
  readonly warmUp: Partial<Scope>;
  /** How many there are, so that a benchmark of another space fails. */
  readonly states: number;
  /** How many processes, if it is the filter lock, which others have written by hand. */
  readonly filterLock?: number;
  /** Whether to search with symmetry too. */
  readonly symmetric?: boolean;
  /**
   * A claim over infinite runs that SPIN is asked about. Then the states are those of claims over
   * infinite runs, which we judge all of, next to a search that judges none.
   */
  readonly liveness?: string;
}

/** Beyond this only the compiled engine takes part: the others take minutes. */
export const COMPARED_STATES_MAX = 20_000_000;

/** From here on it is measured what claims cost: smaller spaces tell less. */
const CLAIMS_STATES_MIN = 10_000_000;

/** Up to here a workload counts as quick. */
const QUICK_STATES_MAX = 1_000_000;

const kernelModel = kernel as unknown as Model;

const FILTER_LOCKS: readonly Workload[] = [
  { threads: 4, states: 115_256 },
  { threads: 5, states: 10_042_596 },
].map(({ threads, states }) => ({
  name: `W1 filter lock, n=${threads}`,
  model: peterson as unknown as Model,
  scope: { threads },
  warmUp: { threads: threads - 1 },
  states,
  filterLock: threads,
}));

const MIXED_ACCEPTS: Workload = {
  name: 'W2 mixed accepts, n=4',
  model: mixedAccepts as unknown as Model,
  scope: { vcpus: 4, accepts: 2, top: '2M' },
  warmUp: { vcpus: 3, accepts: 2, top: '2M' },
  states: 892_664,
};

function kernelWorkload(name: string, scope: Scope, states: number): Workload {
  return {
    name: `kernel, ${name}`,
    model: kernelModel,
    scope: { vcpus: 3, ...scope },
    warmUp: { vcpus: 2, ...scope },
    states,
  };
}

const KERNELS: readonly Workload[] = [
  kernelWorkload('zap, 1 region', { ops: 1, regions: 1, host: ['zap'] }, 4_012_353),
  kernelWorkload('prefault, 1 region', { ops: 2, regions: 1, host: ['prefault'] }, 17_769_121),
  kernelWorkload(
    'prefault and enomem, 2 regions',
    { ops: 1, regions: 2, host: ['prefault'], inject: ['enomem'] },
    13_415_828,
  ),
];

const LIVENESS: readonly Workload[] = [
  kernelWorkload('zap, 1 region', { ops: 1, regions: 1, host: ['zap'] }, 4_012_353),
  kernelWorkload(
    'prefault and enomem, 2 regions',
    { ops: 1, regions: 2, host: ['prefault'], inject: ['enomem'] },
    13_238_414,
  ),
].map((workload) => ({ ...workload, name: `liveness, ${workload.name}`, liveness: 'L1' }));

/** The same scope with more and more vCPUs. */
const GROWTH: readonly Workload[] = [
  { vcpus: 1, states: 95 },
  { vcpus: 2, states: 9_037 },
  { vcpus: 3, states: 776_310 },
  { vcpus: 4, states: 62_476_141 },
].map(({ vcpus, states }) => ({
  name: `growth, ${vcpus} vCPU${vcpus === 1 ? '' : 's'}`,
  model: kernelModel,
  scope: { vcpus, ops: 1, regions: 1, host: [] },
  warmUp: { vcpus: Math.min(vcpus, 2), ops: 1, regions: 1, host: [] },
  states,
  symmetric: vcpus > 1,
}));

export const WORKLOADS: readonly Workload[] = [
  ...FILTER_LOCKS,
  MIXED_ACCEPTS,
  ...KERNELS,
  ...LIVENESS,
  ...GROWTH,
];

/** Whether to measure what claims cost, for us and for SPIN. */
export function measuresClaims({ states, liveness }: Workload): boolean {
  if (liveness !== undefined) return false;
  return states >= CLAIMS_STATES_MIN && states <= COMPARED_STATES_MAX;
}

/** Those that the flags ask for. */
export function chosenWorkloads(only: string | undefined, quick: boolean): readonly Workload[] {
  return WORKLOADS.filter(
    ({ name, states }) =>
      (only === undefined || name.includes(only)) && (!quick || states <= QUICK_STATES_MAX),
  );
}
