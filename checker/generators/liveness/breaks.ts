import type { LivenessClaim, Pair } from '../../language/liveness-claim.ts';
import { freezeAndKey } from '../../language/value.ts';
import { runClaim } from '../claim-run.ts';
import type { Machine, MachineState } from '../machine.ts';
import type { Mark } from '../place.ts';
import { staysInside } from '../wording.ts';
import type { CycleStep } from './fair-cycle.ts';

/**
 * Why an infinite run breaks a claim; `undefined` if it does not. Its fairness is another question.
 *
 * @param prefix the states before the cycle, and the one in which it begins
 * @param cycle all the steps that the run takes from there on
 */
export function breaks(
  machine: Machine,
  claim: LivenessClaim,
  prefix: readonly MachineState[],
  cycle: readonly CycleStep[],
): string | undefined {
  const states = cycle.map(({ before }) => before);
  switch (claim.shape) {
    case 'leaves': {
      const [first] = states;
      for (const [thread, { marks }] of (first?.places ?? []).entries()) {
        const stays = marks.find(
          (mark) =>
            mark.mark === claim.mark &&
            claim.concerns(mark.data) &&
            cycle.every((one) => remains(one, thread, mark)),
        );
        const name = machine.system.threads[thread]?.name ?? `thread ${thread}`;
        if (stays !== undefined) return staysInside(name, stays);
      }
      return undefined;
    }
    case 'leads to': {
      const broken = claim.pairs.find((pair) => {
        const isAnswered = (state: MachineState) => answer(machine, claim, pair, 'second', state);
        const last = prefix.findLastIndex(isAnswered);
        const asked = prefix
          .slice(last + 1)
          .some((state) => answer(machine, claim, pair, 'first', state));
        return asked && !states.some(isAnswered);
      });
      return broken?.broken;
    }
    case 'no cycle': {
      const broken = claim.pairs.find(
        (pair) =>
          states.some((state) => answer(machine, claim, pair, 'first', state)) &&
          !states.some((state) => answer(machine, claim, pair, 'second', state)),
      );
      return broken?.broken;
    }
  }
}

/** Whether a thread is in a stretch before a step and does not leave it by the step. */
export function remains({ before, step }: CycleStep, thread: number, mark: Mark): boolean {
  const key = keyOf(mark);
  const isThis = (other: Mark) => keyOf(other) === key;
  const isInside = before.places[thread]?.marks.some(isThis) ?? false;
  return isInside && !(step.move.thread === thread && step.left.some(isThis));
}

/** What a claim's question about a state is answered. */
export function answer(
  machine: Machine,
  { id }: LivenessClaim,
  pair: Pair,
  which: 'first' | 'second',
  state: MachineState,
): boolean {
  return runClaim(id, pair[which], machine, state) === true;
}

/** A text that is equal exactly for equal stretches. */
export function keyOf({ mark, data }: Mark): string {
  return `${mark}=${freezeAndKey(data, mark)}`;
}
