import { ContractError } from '../language/model-error.ts';
import { type Access, DISABLED, type Operation } from '../language/operation.ts';
import { actionText } from './operation-text.ts';

/**
 * Checks what can be said of an operation before the state is known.
 *
 * @param where the function, for the message
 * @param held identities of the lock sides that the thread holds
 * @param interior the operation is inside an atomic block whose first operation is done
 * @throws ContractError if a lock is released that is not held, or a ghost variable is read or is
 *   written by a step of its own
 */
export function checkOperation(
  where: string,
  operation: Operation,
  held: readonly string[],
  interior: boolean,
): void {
  const { action, label } = operation;
  const place = where + (label === undefined ? '' : ` at ${label}`);
  if (action.kind === 'access' && action.lock?.change === -1) {
    const { identity } = action.lock.side;
    if (!held.includes(identity)) {
      throw new ContractError(`${place}: releases ${identity}; expected the thread to hold it`);
    }
  }
  const ghosts = ghostsOf(operation);
  if (ghosts.length === 0) return;
  if (action.kind === 'test' || (action.kind === 'access' && looks(action))) {
    throw new ContractError(
      `${place}: depends on the ghost ${ghosts.join(', ')}; expected only claims to read it`,
    );
  }
  // Without this, schedules would depend on which claims are checked.
  if (!interior && ghosts.length === variableCountOf(operation)) {
    throw new ContractError(
      `${place}: ${actionText(operation)} is a step for the ghost alone; ` +
        'expected it in an atomic block after another operation',
    );
  }
}

/** Whether what happens next depends on the value. */
export function looks({ results, next }: Access): boolean {
  return results.length > 1 || next.includes(DISABLED);
}

function ghostsOf(operation: Operation): string[] {
  return variablesOf(operation)
    .filter(({ ghost }) => ghost)
    .map(({ name }) => name);
}

function variableCountOf(operation: Operation): number {
  return variablesOf(operation).length;
}

function variablesOf({ action }: Operation) {
  switch (action.kind) {
    case 'access':
      return [action.variable];
    case 'test':
      return action.terms.map(({ variable }) => variable);
    case 'fill':
      return action.variables;
    default:
      return [];
  }
}
