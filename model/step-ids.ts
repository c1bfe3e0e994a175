/**
 * The step ids of domain.md that label a step or a branch of the model, in some version or scope of
 * it. `A6` and `S6` and the like stand for a call of what has the finer ids.
 */
export const modelled_steps: readonly string[] = [
  ...['A2', 'A4', 'A6a', 'A6b', 'A6c', 'A6d', 'A6e'],
  ...['B1', 'B2', 'B4', 'B5', 'B6', 'B7', 'B8', 'B9', 'B10'],
  ...[
    'F1',
    'F3',
    'F4',
    'F5',
    'F6',
    'F8',
    'F9',
    'F11',
    'F12',
    'F13',
    'F14',
    'F14a',
    'F14b',
    'F14c',
    'F14d',
  ],
  ...['F15', 'F16', 'F17.1', 'F17.2', 'F17.3', 'F17.4', 'F18', 'F19'],
  ...['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S6.1', 'S6.2', 'S6.3', 'S6.4', 'S7'],
  ...['G1', 'G2', 'G3a', 'G3b', 'G5', 'G6', 'G7'],
  ...['H1', 'H2', 'H3', 'H4'],
  ...['K2', 'K4', 'K5', 'K6'],
  ...['M1', 'M2', 'M3', 'M4'],
  ...['C1', 'C4', 'C5', 'C7', 'C8', 'C9', 'D1', 'D2', 'Z1', 'Z2', 'Z3'],
];

const LOCAL = 'has no shared access and decides nothing here';
const GMEM_LOCK = 'taken by one thread of the model only';

/** The other step ids of domain.md, and why the model has no such label. */
export const steps_left_out: Readonly<Record<string, string>> = {
  A1: 'every gfn of the model is private',
  A3: LOCAL,
  A5: 'every exit of the model is retried locally',
  A6: 'the loop itself; its parts A6a to A6d are labels',
  A6f: LOCAL,
  A7: 'the return of the function',
  B3: 'the module never exits with another level (2.2)',
  C2: 'a running vCPU has a root',
  C3: 'the module never exits with another level (2.2)',
  C6: LOCAL,
  F2: LOCAL,
  F7: 'an optimisation: whenever it says RETRY, F12 says so later',
  F10: 'an optimisation: whenever it says RETRY, F12 says so later',
  F17: 'the function itself; its parts F17.1 to F17.4 are labels',
  G3: 'the branch itself; its parts G3a and G3b are labels',
  G4: 'one step with G5 to G7, as a busy entry lock is not modelled',
  K1: GMEM_LOCK,
  K3: 'holes are whole 2M regions, so nothing crosses their edges',
  K7: GMEM_LOCK,
  'S6.5': LOCAL,
  Z4: 'the fault path itself; its steps F3 to F19 are labels',
};
