import { type Access, DISABLED, type Operation, type Term } from '../language/operation.ts';
import { freezeAndKey, showValue } from '../language/value.ts';

const TERMS_SHOWN_MAX = 4;

/** What an operation does, as people read it, e.g. `read turn[1]` or `wait for a = 0 and b != 2`. */
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

/** Equal for operations that do the same: tells two runs of one generator apart. */
export function operationKey(operation: Operation): string {
  const { action, label } = operation;
  const text = `${label === undefined ? '' : `${label} `}${actionText(operation)}`;
  switch (action.kind) {
    case 'access':
      return `${text} ${action.next} ${action.outcome} ${keyOf(action.results)}`;
    case 'test':
      return `${text} ${action.terms.map((term) => `${term.variable.name} ${term.accepts}`)}`;
    case 'fill':
      return `${text} ${action.variables.map((variable) => variable.name)} ${action.to}`;
    case 'choose':
      return `${text} ${keyOf(action.options)}`;
    case 'call':
      return `${text} ${action.callee.identity} ${keyOf(action.args)}`;
    case 'loop':
      return `${text} ${keyOf(action.initial)}`;
    case 'position':
      return `${text} ${keyOf(action.data)}`;
    default:
      return text;
  }
}

function keyOf(value: unknown): string {
  return Array.isArray(value)
    ? value.map((item, i) => freezeAndKey(item, `item ${i}`)).join()
    : freezeAndKey(value, 'the value');
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
