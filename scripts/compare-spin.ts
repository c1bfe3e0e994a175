import type { Outcome } from '../checker/engine/engine.ts';
import { promelaOf } from '../checker/export/promela.ts';
import { isOfStates } from '../checker/export/promela-claims.ts';
import { ASSERTIONS, type Claim, DEADLOCK } from '../checker/language/claim.ts';
import { ModelError } from '../checker/language/model-error.ts';
import { type Prepared, prepare, Search } from '../checker/search/explore.ts';
import { type PanReport, runPan } from './pan.ts';
import type { Subject } from './spin-subjects.ts';

/** What a checker says of a system. */
export type Findings = Omit<PanReport, 'claim'> & {
  /** Nothing if there is no claim that the other checker can be asked about. */
  readonly claim: boolean | undefined;
};

/** How a comparison ended. */
export type Comparison =
  | { readonly kind: 'compared'; readonly ours: Findings; readonly theirs: Findings }
  /** An error of the model, which is a failed assertion for SPIN and ends our search. */
  | { readonly kind: 'faulty'; readonly because: string; readonly found: boolean }
  /** There is nothing to compare. */
  | { readonly kind: 'left out'; readonly because: string };

/** Bigger spaces are left out. */
const STATES_MAX = 400_000;

/** Searches a system, and has SPIN search what is exported of it. */
export async function compareWithSpin({ name, system }: Subject): Promise<Comparison> {
  const ready = attempt(() => {
    const prepared = prepare(system);
    return { prepared, promela: promelaOf(prepared, name) };
  });
  if (ready instanceof ModelError) return { kind: 'left out', because: ready.message };
  const { prepared, promela } = ready;
  const ours = attempt(() => searched(prepared));
  if (ours instanceof ModelError) {
    const { assertion } = await runPan(promela, { statesMax: STATES_MAX });
    return { kind: 'faulty', because: ours.message, found: assertion };
  }
  if (ours.stopped !== undefined) {
    return { kind: 'left out', because: `it has more than ${STATES_MAX} states` };
  }
  const options = { statesMax: ours.states };
  const counts = await runPan(promela, options);
  const claim = system.claims.some(isOfStates)
    ? (await runPan(promela, { ...options, claims: true })).claim
    : undefined;
  const theirs = { ...counts, transitions: counts.transitions - 1, claim };
  return { kind: 'compared', ours: findingsOf(ours, system.claims), theirs };
}

/** The first thing that the two do not agree on. */
export function disagreement(comparison: Comparison): string | undefined {
  switch (comparison.kind) {
    case 'compared': {
      const { ours, theirs } = comparison;
      const names = Object.keys(ours) as (keyof Findings)[];
      const name = names.find((name) => ours[name] !== theirs[name]);
      return name && `${name}: ours ${ours[name]}, SPIN ${theirs[name]}`;
    }
    case 'faulty':
      return comparison.found ? undefined : `SPIN does not find that ${comparison.because}`;
    case 'left out':
      return undefined;
  }
}

function searched(prepared: Prepared): Outcome {
  return new Search(prepared, {
    limits: { statesMax: STATES_MAX },
    keepGoing: true,
    onProgress: () => 'continue',
  }).run();
}

function findingsOf(
  { states, transitions, violations }: Outcome,
  claims: readonly Claim[],
): Findings {
  const ids = (kept: readonly Claim[]) => kept.map(({ id }) => id);
  const fails = (some: readonly string[]) => violations.some(({ claim }) => some.includes(claim));
  const exported = claims.filter(isOfStates);
  return {
    states,
    transitions,
    assertion: fails([ASSERTIONS, ...ids(claims.filter(({ kind }) => kind === 'assertion'))]),
    deadlock: fails([DEADLOCK]),
    claim: exported.length === 0 ? undefined : fails(ids(exported)),
  };
}

function attempt<T>(act: () => T): T | ModelError {
  try {
    return act();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}
