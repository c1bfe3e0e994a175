import { DISABLED, type StepAction } from '../language/operation.ts';
import { freezeAndKey, type Plain } from '../language/value.ts';

/** What a search that saw everything went through: what the ledger is checked against. */
export interface Coverage {
  /**
   * How often an operation was performed with a result, by `passageKey`, and how often a waypoint
   * was passed, by `waypointKey`. With symmetry, as often as from the states that stand for all.
   */
  readonly times: ReadonlyMap<string, number>;
  /**
   * Pairs of steps that two threads were about to take in one state, by `meetingKey`. Neither had
   * to wait, so the search went on with either first. Steps that may have to wait are left out.
   */
  readonly meetings: ReadonlySet<string>;
}

/** What comes of an operation, beside a result. */
export type Passed = { readonly result: Plain } | 'waits' | 'fails';

/** Where an operation stands in the code of the model. */
export interface Site {
  readonly functionName: string;
  readonly label: string | undefined;
  readonly action: StepAction;
}

/** A text that is equal for operations that stand at one place in the code and touch the same. */
export function stepKey({ functionName, label, action }: Site): string {
  return JSON.stringify([functionName, label ?? '', actionName(action)]);
}

export function passageKey(step: string, outcome: Passed): string {
  return `${step} ${typeof outcome === 'string' ? outcome : resultKey(outcome.result)}`;
}

export function waypointKey(functionName: string, label: string): string {
  return JSON.stringify([functionName, label]);
}

/** The order of the two steps makes no difference. */
export function meetingKey(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** What an operation does, and to which variables; ghosts are not mentioned. */
export function actionName(action: StepAction): string {
  switch (action.kind) {
    case 'access':
      return `${action.verb} ${action.variable.name}`;
    case 'test': {
      const names = action.terms.map(({ variable }) => variable.name);
      return `${action.waits ? 'wait for' : 'test'} ${[...new Set(names)].join(', ')}`;
    }
    case 'fill':
      return `fill ${action.variables
        .filter(({ ghost }) => !ghost)
        .map(({ name }) => name)
        .join(', ')}`;
    case 'choose':
      return 'choose';
    case 'failure':
      return `assert "${action.message}"`;
  }
}

/** Whether the operation touches nothing but ghosts, which are there for claims only. */
export function isGhostly(action: StepAction): boolean {
  if (action.kind === 'access') return action.variable.ghost;
  return action.kind === 'fill' && action.variables.every(({ ghost }) => ghost);
}

/** Whether the operation has to wait in some states. */
export function mayWait(action: StepAction): boolean {
  if (action.kind === 'test') return action.waits;
  return action.kind === 'access' && action.next.includes(DISABLED);
}

function resultKey(result: Plain): string {
  return freezeAndKey(result, 'a result');
}
