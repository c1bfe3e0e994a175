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

/** The exit code of a command that could not do its job: bad usage, bad model, internal fault. */
export const EXIT_ERROR = 2;

/** The exit code for each answer of a replay. */
export const REPLAY_EXIT_CODE = { reproduced: 1, fixed: 0, diverged: 5 } as const;
