import { ContractError } from '../language/model-error.ts';
import type { Operation, Steps } from '../language/operation.ts';
import { freezeAndKey } from '../language/value.ts';
import { actionKey } from './action-key.ts';

/** Where a generator stands. */
export type Pause =
  | { readonly at: 'operation'; readonly operation: Operation; readonly twin: Operation }
  | { readonly at: 'return'; readonly value: unknown }
  | { readonly at: 'throw'; readonly message: string };

/** Starts the same program twice: a pair of generators that must behave alike. */
export interface Start {
  readonly owner: string;
  readonly first: () => Steps<unknown>;
  readonly second: () => Steps<unknown>;
}

/**
 * Two generators of one program, resumed in step with each other, so that a program that depends on
 * more than the results of its operations is found out. What it cannot find: a dependence that is
 * the same in both, e.g. on a variable that is only ever changed once.
 */
export class Run {
  private readonly owner: string;
  private readonly first: Steps<unknown>;
  private readonly second: Steps<unknown>;

  constructor(start: Start) {
    this.owner = start.owner;
    this.first = start.first();
    this.second = start.second();
  }

  /**
   * Goes on with the result of the last operation, to the next one.
   *
   * @throws ContractError if the generators differ, or the program breaches the contract
   */
  resume(result: unknown): Pause {
    const one = advance(this.first, result, this.owner);
    const two = advance(this.second, result, this.owner);
    const [left, right] = [pauseKey(one, this.owner), pauseKey(two, this.owner)];
    if (left !== right) {
      throw new ContractError(
        `${this.owner} is not deterministic: run twice with the same results it did ` +
          `"${left}" and "${right}"; expected it to depend on its arguments and results only`,
      );
    }
    if (one.at === 'operation' && two.at === 'operation') {
      return { ...one, twin: two.operation };
    }
    return one as Pause;
  }
}

type SinglePause =
  | { readonly at: 'operation'; readonly operation: Operation }
  | Exclude<Pause, { at: 'operation' }>;

function advance(generator: Steps<unknown>, result: unknown, owner: string): SinglePause {
  try {
    const { done, value } = generator.next(result);
    if (done) return { at: 'return', value };
    if (!isOperation(value)) {
      throw new ContractError(`${owner} yields something else; expected yield* of an operation`);
    }
    return { at: 'operation', operation: value };
  } catch (error) {
    if (error instanceof ContractError) throw error;
    return { at: 'throw', message: `${owner}: ${messageOf(error)}` };
  }
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'action' in value;
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

function pauseKey(pause: SinglePause, owner: string): string {
  switch (pause.at) {
    case 'operation':
      return `${actionKey(pause.operation.action)}${pause.operation.label ?? ''}`;
    case 'return':
      return `return ${freezeAndKey(pause.value, `the return value of ${owner}`)}`;
    case 'throw':
      return `throw ${pause.message}`;
  }
}
