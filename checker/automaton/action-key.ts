import type { Action } from '../language/operation.ts';
import { freezeAndKey, type Plain } from '../language/value.ts';

const keys = new WeakMap<Action, string>();

/**
 * A text that is equal exactly for actions that do the same; loops are equal by their start only.
 */
export function actionKey(action: Action): string {
  let key = keys.get(action);
  if (key === undefined) {
    key = describe(action);
    keys.set(action, key);
  }
  return key;
}

/** What the action can result in, in the order of a node's edges. */
export function resultsOf(action: Action): readonly Plain[] {
  switch (action.kind) {
    case 'access':
      return action.results;
    case 'test':
      return action.waits ? [undefined] : [false, true];
    case 'choose':
      return action.options;
    case 'failure':
      return [];
    default:
      return [undefined];
  }
}

function describe(action: Action): string {
  switch (action.kind) {
    case 'access': {
      const results = action.results.map((result) => freezeAndKey(result, 'a result')).join();
      return `${action.verb} ${action.variable.name} ${action.next} ${action.outcome} ${results}`;
    }
    case 'test': {
      const terms = action.terms.map(
        ({ variable, accepts }) => `${variable.name}:${accepts.map(Number).join('')}`,
      );
      return `${action.waits ? 'wait' : 'test'} ${action.quantifier} ${terms.join()}`;
    }
    case 'fill':
      return `fill ${action.variables.map((variable, i) => `${variable.name}=${action.to[i]}`)}`;
    case 'choose':
      return `choose ${freezeAndKey(action.options, 'options')}`;
    case 'call':
      return `call ${action.callee.identity}${freezeAndKey(action.args, 'arguments')}`;
    case 'loop':
      return `loop ${freezeAndKey(action.initial, 'the initial state of a loop')}`;
    case 'atomic':
      return `atomic ${action.edge}`;
    case 'position':
      return `${action.edge} ${action.mark} ${freezeAndKey(action.data, 'data')}`;
    case 'branch':
      return 'branch';
    case 'failure':
      return `failure ${action.claim ?? ''} ${action.message}`;
    case 'passed':
      return `passed ${action.claim}`;
    case 'inside':
      return `inside ${action.mark} ${freezeAndKey(action.data, 'data')}`;
  }
}
