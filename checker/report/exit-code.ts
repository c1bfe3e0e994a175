import type { Verdict } from '../check/result.ts';

/** The exit code for each verdict of a check. 2 is for errors, which have no verdict. */
export const EXIT_CODE: Readonly<Record<Verdict, number>> = {
  EXHAUSTED: 0,
  VIOLATED: 1,
  BOUNDED: 3,
  STOPPED: 3,
  VACUOUS: 4,
  INTERRUPTED: 130,
};

/** Verdicts short of a proof that a user can take for a success, by the word for them. */
const ACCEPTABLE = { bounded: 'BOUNDED', vacuous: 'VACUOUS' } as const;
export type Acceptable = keyof typeof ACCEPTABLE;
export const ACCEPTABLE_WORDS = Object.keys(ACCEPTABLE) as readonly Acceptable[];

/** Whether this is the verdict that the user accepts. */
export function isAccepted(verdict: Verdict, accepts: Acceptable | null): boolean {
  return accepts !== null && ACCEPTABLE[accepts] === verdict;
}

/** The exit code of a check that ended with a verdict. */
export function exitCodeOf(verdict: Verdict, accepts: Acceptable | null): number {
  return isAccepted(verdict, accepts) ? 0 : EXIT_CODE[verdict];
}

/** The exit code of a command that could not do its job: bad usage, bad model, internal fault. */
export const EXIT_ERROR = 2;

/** The exit code of what is not as it was recorded. */
export const EXIT_DIVERGED = 5;

/** The exit code for each answer of a replay. */
export const REPLAY_EXIT_CODE = { reproduced: 1, fixed: 0, diverged: EXIT_DIVERGED } as const;
