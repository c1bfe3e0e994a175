import { promelaOf } from '../checker/export/promela.ts';
import { liveName } from '../checker/export/promela-liveness.ts';
import { namesOf } from '../checker/export/promela-names.ts';
import { type Fairness, type LivenessClaim, leaves } from '../checker/language/liveness-claim.ts';
import { buildSystem, completeScope, type Model } from '../checker/language/model.ts';
import type { System } from '../checker/language/system.ts';
import {
  bakery,
  brokenRetry,
  dinner,
  lowerFirst,
  mutex,
  petersonsLock,
  readersAndWriter,
  retriedLock,
  snatchedLock,
  WANTS,
} from '../checker/liveness/classics.ts';
import { exploreLivenessCompiled } from '../checker/liveness/explore-liveness.ts';
import { prepareLiveness } from '../checker/liveness/prepare-liveness.ts';
import { showScope } from '../checker/report/headline.ts';
import peterson from '../docs/examples/peterson.ts';
import kernel from '../properties/index.ts';
import { findsCycle } from './pan.ts';
import type { Subject } from './spin-subjects.ts';

/** What SPIN can assume: nothing, or weak fairness. */
const ASSUMED = ['none', 'weak'] as const satisfies readonly Fairness[];

/** Of one claim, whether it fails, by what is assumed. */
export interface LivenessComparison {
  readonly claim: string;
  readonly ours: readonly boolean[];
  readonly theirs: readonly boolean[];
}

const CLASSICS: Readonly<Record<string, () => System>> = {
  "Peterson's lock": petersonsLock,
  bakery,
  'retried lock': retriedLock,
  'snatched lock': snatchedLock,
  mutex,
  'readers and writer': readersAndWriter,
  'philosophers, one left-handed': () => dinner(lowerFirst),
  'philosophers, all alike': () => dinner((me) => me),
  'broken retry': brokenRetry,
};

const ONE_VCPU = { vcpus: 1, ops: 2, regions: 1, host: [] };
const TWO_VCPUS = { vcpus: 2, ops: 1, regions: 1, host: ['prefault'] };

/** Scopes of the kernel model: versions and mutations that livelock, and some that do not. */
const KERNEL_SCOPES = [
  { ...ONE_VCPU, variant: 'baseline' },
  { ...ONE_VCPU, variant: 'rfc-v1' },
  { ...ONE_VCPU, variant: 'rfc-v2' },
  { ...ONE_VCPU, mutate: 'split-wrong-root' },
  { ...TWO_VCPUS, mutate: 'goal-before-lock' },
  TWO_VCPUS,
];

export function livenessSubjects(): readonly Subject[] {
  const model = kernel as unknown as Model;
  const filterLock = peterson as unknown as Model;
  return [
    ...Object.entries(CLASSICS).map(([name, build]) => ({
      name,
      system: {
        ...build(),
        liveness: [leaves({ id: 'gets', sentence: 'Who wants gets.', fairness: 'none' }, WANTS)],
      },
    })),
    ...[2, 3].map((threads) => ({
      name: `${filterLock.name}: ${showScope({ threads })}`,
      system: buildSystem(filterLock, completeScope(filterLock.parameters, { threads })),
    })),
    ...KERNEL_SCOPES.map((scope) => ({
      name: `${model.name}: ${showScope(scope)}`,
      system: buildSystem(model, completeScope(model.parameters, scope)),
    })),
  ];
}

/** Has SPIN judge the claims over infinite runs of a system, under what it can assume. */
export async function compareLiveness({
  name,
  system,
}: Subject): Promise<readonly LivenessComparison[]> {
  const { liveness = [] } = system;
  const prepared = prepareLiveness(system);
  const promela = promelaOf(prepared, name, liveness);
  const ours = ASSUMED.map((fairness) => failingUnder(fairness, system));
  const names = namesOf(prepared);
  const comparisons: LivenessComparison[] = [];
  for (const claim of liveness) {
    const theirs = await findsCycle(promela, liveName(names, claim));
    comparisons.push({
      claim: claim.id,
      ours: ours.map((failing) => failing.includes(claim.id)),
      theirs: ASSUMED.map((fairness) => theirs[fairness]),
    });
  }
  return comparisons;
}

export function agrees({ ours, theirs }: LivenessComparison): boolean {
  return ours.every((fails, i) => fails === theirs[i]);
}

function failingUnder(fairness: Fairness, system: System): readonly string[] {
  const liveness = (system.liveness ?? []).map((claim): LivenessClaim => ({ ...claim, fairness }));
  const { exhausted, violations } = exploreLivenessCompiled(
    { ...system, liveness },
    { limits: {}, keepGoing: true, onProgress: () => 'continue' },
  );
  if (!exhausted) throw new Error('the search ended early');
  return violations.map(({ claim }) => claim);
}
