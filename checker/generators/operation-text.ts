import { type Access, DISABLED, type Operation, type Term } from '../language/operation.ts';
import { showValue } from '../language/value.ts';

const TERMS_SHOWN_MAX = 4;

/** What an operation does, as people read it, e.g. `read turn[1]` or `wait for a = 0`. */
export function actionText(operation: Operation): string {
  const { action } = operation;
  switch (action.kind) {
    case 'access':
      return accessText(action);
    case 'test': {
      const joint = action.quantifier === 'every' ? ' and ' : ' or ';
      return `${action.waits ? 'wait for' : 'test'} ${abridged(action.terms.map(termText), joint)}`;
    }
    case 'fill': {
      const texts = action.variables.map(
        (variable, i) => `${variable.name} = ${showValue(variable.domain[action.to[i] ?? -1])}`,
      );
      return `fill ${abridged(texts, ', ')}`;
    }
    case 'choose':
      return 'choose';
    case 'call':
      return `call ${action.callee.functionName}`;
    case 'loop':
      return 'loop';
    case 'atomic':
      return `${action.edge} atomic block`;
    case 'position':
      return `${action.edge} ${action.mark}`;
    case 'branch':
      return 'branch';
    case 'failure':
      return `assertion fails: ${action.message}`;
    case 'passed':
      return `assertion of ${action.claim} holds`;
    case 'inside':
      return `count threads inside ${action.mark}`;
  }
}

function accessText({ verb, variable, next, lock }: Access): string {
  if (lock !== undefined) {
    return `${lock.change === 1 ? 'acquire' : 'release'} ${lock.side.identity}`;
  }
  const [first = DISABLED] = next;
  const stored = first < 0 ? 'a value outside of its domain' : showValue(variable.domain[first]);
  return `${verb} ${variable.name}${verb === 'write' ? ` = ${stored}` : ''}`;
}

function termText({ variable, accepts }: Term): string {
  const accepted = variable.domain.filter((_, i) => accepts[i] === true);
  const refused = variable.domain.filter((_, i) => accepts[i] !== true);
  if (accepted.length === 1) return `${variable.name} = ${showValue(accepted[0])}`;
  if (refused.length === 1) return `${variable.name} != ${showValue(refused[0])}`;
  return `${variable.name} in ${showValue(accepted)}`;
}

function abridged(texts: readonly string[], joint: string): string {
  const shown = texts.slice(0, TERMS_SHOWN_MAX).join(joint);
  const more = texts.length - TERMS_SHOWN_MAX;
  return more > 0 ? `${shown}${joint}${more} more` : shown;
}
