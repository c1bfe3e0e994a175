import type { Move, Outcome, Violation } from '../engine/engine.ts';
import { type Replay, replay } from '../generators/replay.ts';
import { initialValues } from '../generators/trace.ts';
import { ASSERTIONS, type ClaimText, DEADLOCK } from '../language/claim.ts';
import type { Model } from '../language/model.ts';
import type { Scope } from '../language/parameter.ts';
import { withSites } from '../language/site.ts';
import type { System } from '../language/system.ts';
import type { ClaimResult, ClaimVerdict, Counterexample, ScopeResult } from './result.ts';
import { encodeSchedule } from './schedule.ts';

/** What a claim says, before anything is known of it. */
export type ClaimOutline = ClaimText & Pick<ClaimResult, 'kind' | 'fairness'>;

/** What a report says of a claim, without the programs that judge it. */
export function outlineOfClaim(claim: ClaimOutline): ClaimOutline {
  const { id, kind, sentence, source, blindSpot, fairness } = claim;
  return {
    id,
    kind,
    sentence,
    ...(source === undefined ? {} : { source }),
    ...(blindSpot === undefined ? {} : { blindSpot }),
    ...(fairness === undefined ? {} : { fairness }),
  };
}

/** The claims that every system makes. */
export const BUILT_IN: readonly ClaimOutline[] = [
  { id: ASSERTIONS, kind: 'assertion', sentence: 'No assertion of the model fails.' },
  {
    id: DEADLOCK,
    kind: 'deadlock',
    sentence: 'In every state some thread can go on, or all have finished.',
  },
];

/**
 * What a search says of each claim, with every violation replayed.
 *
 * @throws Error if one does not replay: the search and the generators disagree
 */
export function claimResults(
  model: Model,
  scope: Scope,
  system: System,
  outcome: Outcome,
): readonly ClaimResult[] {
  return [...system.claims, ...(system.liveness ?? []), ...BUILT_IN].map((claim) => {
    const violation = outcome.violations.find((other) => other.claim === claim.id);
    const premise = premiseOf(claim, outcome);
    return violation === undefined
      ? result(claim, outcome.exhausted ? 'HOLDS' : 'UNDECIDED', premise)
      : {
          ...result(claim, 'VIOLATED', premise),
          counterexample: counterexample(model, scope, system, violation),
        };
  });
}

/**
 * The claims of several scopes together. Of a claim that fails in some of them the shortest
 * counterexample is kept, and of equally long ones the first.
 *
 * @param complete no scope was left out
 * @param pending the claims of those that were, judged elsewhere or not
 */
export function mergeClaims(
  scopes: readonly ScopeResult[],
  complete: boolean,
  pending: readonly ClaimOutline[],
): readonly ClaimResult[] {
  const merged = new Map<string, ClaimResult>();
  for (const claim of scopes.flatMap(({ claims }) => claims)) {
    const known = merged.get(claim.id);
    if (known === undefined) {
      merged.set(claim.id, claim);
      continue;
    }
    const shortest = shorter(known.counterexample, claim.counterexample);
    merged.set(claim.id, {
      ...known,
      verdict: worse(known.verdict, claim.verdict),
      premise: known.premise + claim.premise,
      ...(shortest === undefined ? {} : { counterexample: shortest }),
    });
  }
  for (const claim of pending) {
    if (!merged.has(claim.id)) merged.set(claim.id, result(claim, 'UNDECIDED', 0));
  }
  return [...merged.values()].map((claim) =>
    claim.verdict === 'HOLDS' && !complete ? { ...claim, verdict: 'UNDECIDED' } : claim,
  );
}

function result(claim: ClaimOutline, verdict: ClaimVerdict, premise: number): ClaimResult {
  return { ...outlineOfClaim(claim), verdict, premise };
}

/** Deadlock is judged in every state that was expanded. */
function premiseOf(claim: ClaimOutline, { premises, states }: Outcome): number {
  return claim.kind === 'deadlock' ? states : (premises.get(claim.id) ?? 0);
}

/**
 * Replays a schedule by the generators.
 *
 * @throws Error if it does not violate the claim
 */
export function counterexample(
  model: Model,
  scope: Scope,
  system: System,
  { claim, schedule, loop }: Violation,
): Counterexample {
  const replayed = withSites(() => replay(system, claim, schedule, loop?.moves));
  const isConfirmed =
    replayed.result === 'reproduced' &&
    replayed.steps.length === schedule.length &&
    (replayed.loop === undefined) === (loop === undefined);
  if (!isConfirmed) {
    const text = encodeSchedule(model, scope, claim, schedule, loop?.moves);
    throw new Error(
      `the search found a violation of ${claim} that the generators do not confirm ` +
        `(${replayed.result} after ${replayed.steps.length} of ${schedule.length} steps): ${text}`,
    );
  }
  const found = shownBy(model, scope, system, claim, replayed);
  return found.loop === undefined || loop === undefined
    ? found
    : { ...found, loop: { ...found.loop, isShortest: loop.isShortest } };
}

/** The counterexample that a replay has shown. */
export function shownBy(
  model: Model,
  scope: Scope,
  system: System,
  claim: string,
  { because, why, steps, loop }: Extract<Replay, { result: 'reproduced' }>,
): Counterexample {
  const [moves, round] = [steps, loop?.steps].map((taken) => taken?.map(({ move }) => move));
  return {
    claim,
    scope,
    because,
    why,
    schedule: encodeSchedule(model, scope, claim, moves!, round),
    threadSwitches: switches([...moves!, ...(round ?? [])]),
    initial: initialValues(system),
    lanes: model.presentation?.(scope).lanes ?? [],
    steps,
    ...(loop === undefined ? {} : { loop }),
  };
}

function switches(schedule: readonly Move[]): number {
  return schedule.filter((move, i) => i > 0 && move.thread !== schedule[i - 1]?.thread).length;
}

function shorter(
  one: Counterexample | undefined,
  other: Counterexample | undefined,
): Counterexample | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return lengthOf(other) < lengthOf(one) ? other : one;
}

/** Steps, those of one round of a loop included. */
export function lengthOf({ steps, loop }: Pick<Counterexample, 'steps' | 'loop'>): number {
  return steps.length + (loop?.steps.length ?? 0);
}

function worse(a: ClaimVerdict, b: ClaimVerdict): ClaimVerdict {
  const order = ['VIOLATED', 'UNDECIDED', 'HOLDS'] as const;
  return order.find((verdict) => verdict === a || verdict === b) as ClaimVerdict;
}
