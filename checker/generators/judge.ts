import {
  ASSERTIONS,
  type InvariantClaim,
  type PositionClaim,
  type ReturnClaim,
  type StepClaim,
} from '../language/claim.ts';
import { ContractError } from '../language/model-error.ts';
import type { Failure } from '../language/operation.ts';
import type { Scalar } from '../language/value.ts';
import { runClaim } from './claim-run.ts';
import type { Events, Machine, MachineState, ThreadReturn, Transition } from './machine.ts';
import { type Layout, slotOf, type Valuation } from './perform.ts';
import {
  assertionFails,
  invariantFails,
  positionFails,
  returnFails,
  stepFails,
} from './wording.ts';

/** What one claim says of one state or step. */
export interface Finding {
  readonly claim: string;
  /** How often its premise was met: see `Outcome.premises`. */
  readonly premises: number;
  /** Why it fails; absent if it holds. */
  readonly because?: string;
}

/**
 * Judges a state by the invariants and position claims of its system.
 *
 * @throws ModelError if a program of a claim breaks the contract
 */
export function judgeState(machine: Machine, state: MachineState): readonly Finding[] {
  return machine.system.claims.flatMap((claim) => {
    switch (claim.kind) {
      case 'invariant':
        return [judgeInvariant(claim, machine, state)];
      case 'position':
        return [judgePosition(claim, machine, state)];
      default:
        return [];
    }
  });
}

/**
 * Judges a step by the step claims, return claims and assertions of its system. A step that ends in
 * a failed assertion leads nowhere, so nothing but the assertion is judged.
 */
export function judgeTransition(
  machine: Machine,
  from: MachineState,
  step: Transition,
): readonly Finding[] {
  const { after, failure } = step;
  if (failure !== undefined) return [judgeFailure(machine, failure)];
  if (after === undefined) throw new Error('a step without failure leads nowhere');
  const { claims } = machine.system;
  const changes = claims.flatMap((claim) =>
    claim.kind === 'step' ? [judgeStep(claim, machine.layout, from.values, after.values)] : [],
  );
  return [...changes, ...judgeEvents(machine, after, step)];
}

/** Judges functions that returned, in the state after the step that led there. */
export function judgeEvents(
  machine: Machine,
  state: MachineState,
  { returns, passed }: Events,
): readonly Finding[] {
  if (returns.length === 0 && passed.length === 0) return [];
  const held = passed.map((claim) => ({ claim: assertionClaimOf(machine, claim), premises: 1 }));
  const judged = machine.system.claims.flatMap((claim) =>
    claim.kind === 'return'
      ? returns
          .filter(({ callee }) => callee.identity === claim.callee.identity)
          .map((event) => judgeReturn(claim, event, machine, state))
      : [],
  );
  return [...held, ...judged];
}

function judgeInvariant(claim: InvariantClaim, machine: Machine, state: MachineState): Finding {
  let met = false;
  let because: string | undefined;
  for (const { about, program } of claim.observers) {
    const judgement = runClaim(claim.id, program, machine, state);
    met ||= judgement !== 'vacuous';
    if (judgement === false) because ??= invariantFails(about);
  }
  return finding(claim.id, met ? 1 : 0, because);
}

function judgePosition(claim: PositionClaim, machine: Machine, state: MachineState): Finding {
  let premises = 0;
  let because: string | undefined;
  state.places.forEach(({ marks }, thread) => {
    for (const mark of marks.filter((candidate) => candidate.mark === claim.mark)) {
      const judgement = runClaim(claim.id, () => claim.program(mark.data), machine, state);
      if (judgement !== 'vacuous') premises++;
      if (judgement === false) because ??= positionFails(threadName(machine, thread), mark);
    }
  });
  return finding(claim.id, premises, because);
}

function judgeStep(claim: StepClaim, layout: Layout, from: Valuation, to: Valuation): Finding {
  let changes = 0;
  let because: string | undefined;
  for (const variable of claim.variables) {
    const slot = slotOf(layout, variable, () => `claim ${claim.id}`);
    if (from[slot] === to[slot]) continue;
    changes++;
    const before = variable.domain[from[slot] as number] as Scalar;
    const after = variable.domain[to[slot] as number] as Scalar;
    if (!claim.allows(before, after)) because ??= stepFails(variable.name, before, after);
  }
  return finding(claim.id, changes, because);
}

function judgeReturn(
  claim: ReturnClaim,
  event: ThreadReturn,
  machine: Machine,
  state: MachineState,
): Finding {
  const { args, result, thread } = event;
  const program = () => claim.program(args, result);
  const judgement = runClaim(claim.id, program, machine, state);
  return finding(
    claim.id,
    judgement === 'vacuous' ? 0 : 1,
    judgement === false ? returnFails(threadName(machine, thread), event) : undefined,
  );
}

function judgeFailure(machine: Machine, failure: Failure): Finding {
  const claim = assertionClaimOf(machine, failure.claim ?? ASSERTIONS);
  return finding(claim, 1, assertionFails(failure));
}

function assertionClaimOf({ system }: Machine, claim: string): string {
  const declared = system.claims.some(({ id, kind }) => id === claim && kind === 'assertion');
  if (claim !== ASSERTIONS && !declared) {
    throw new ContractError(
      `an assertion names claim ${claim}, which the system lacks; expected assertionClaim()`,
    );
  }
  return claim;
}

function finding(claim: string, premises: number, because: string | undefined): Finding {
  return because === undefined ? { claim, premises } : { claim, premises, because };
}

function threadName(machine: Machine, thread: number): string {
  return machine.system.threads[thread]?.name ?? `thread ${thread}`;
}
