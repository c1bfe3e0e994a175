import type { Judgement } from '../language/claim.ts';
import { ContractError, ModelError } from '../language/model-error.ts';
import { Operation, type Steps, type Turn } from '../language/operation.ts';
import { matchesData } from '../language/position.ts';
import type { Machine, MachineState } from './machine.ts';
import { actionText } from './operation-text.ts';
import { perform } from './perform.ts';

/** More operations of one program of a claim than this never end. */
const OPERATIONS_MAX = 100_000;

/** Is told what a program of a claim is about to look at. */
export type OnLook = (operation: Operation) => void;

/**
 * Runs a program of a claim on one state.
 *
 * @param claim its id, for messages
 * @throws ModelError if the program throws, or does more than look: waits, writes, chooses, asserts
 */
export function runClaim(
  claim: string,
  program: () => Steps<Judgement>,
  machine: Machine,
  state: MachineState,
  onLook: OnLook = () => {},
): Judgement {
  const look = new ClaimRun(claim, machine, state, onLook);
  const judgement = look.run(program);
  if (judgement !== true && judgement !== false && judgement !== 'vacuous') {
    throw new ContractError(
      `claim ${claim}: results in a ${typeof judgement}; expected true, false or 'vacuous'`,
    );
  }
  return judgement;
}

/** A look of one claim at one state. */
class ClaimRun {
  private readonly claim: string;
  private readonly machine: Machine;
  private readonly state: MachineState;
  private readonly onLook: OnLook;
  private operationCount = 0;

  constructor(claim: string, machine: Machine, state: MachineState, onLook: OnLook) {
    this.claim = claim;
    this.machine = machine;
    this.state = state;
    this.onLook = onLook;
  }

  run<R>(program: () => Steps<R>): R {
    const steps = this.guarded(program);
    let { done, value } = this.guarded(() => steps.next());
    while (done !== true) {
      if (!(value instanceof Operation)) {
        throw new ContractError(`claim ${this.claim}: yielded something; expected an operation`);
      }
      if (this.operationCount++ >= OPERATIONS_MAX) {
        throw new ContractError(
          `claim ${this.claim}: more than ${OPERATIONS_MAX} operations; expected it to end`,
        );
      }
      const result = this.resultOf(value);
      ({ done, value } = this.guarded(() => steps.next(result)));
    }
    return value as R;
  }

  private resultOf(operation: Operation): unknown {
    const { action } = operation;
    switch (action.kind) {
      case 'call': {
        const body = action.callee.body as (...args: readonly unknown[]) => Steps<unknown>;
        return this.run(() => body(...action.args));
      }
      case 'loop': {
        const body = action.body as (state: unknown) => Steps<Turn>;
        let turn: Turn = { turn: 'next', state: action.initial };
        while (turn.turn === 'next') {
          const state: unknown = turn.state;
          turn = this.run(() => body(state));
        }
        return turn.result;
      }
      case 'inside':
        this.onLook(operation);
        return this.state.places.filter(({ marks }) =>
          marks.some(({ mark, data }) => mark === action.mark && matchesData(action.data, data)),
        ).length;
      case 'access':
      case 'test': {
        this.onLook(operation);
        const { values } = this.state;
        const where = () => `claim ${this.claim}`;
        const [effect] = perform(operation, values, this.machine.layout, where);
        if (effect === undefined) throw this.unfit(operation);
        if (effect.values.some((value, slot) => value !== values[slot])) {
          throw this.unfit(operation);
        }
        return effect.result;
      }
      case 'atomic':
      case 'branch':
      case 'passed':
        return undefined;
      default:
        throw this.unfit(operation);
    }
  }

  private unfit(operation: Operation): ContractError {
    return new ContractError(
      `claim ${this.claim}: ${actionText(operation)}; expected it to read and to judge only`,
    );
  }

  private guarded<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (error instanceof ModelError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new ModelError(`claim ${this.claim}: ${message.split('\n', 1)[0]}`);
    }
  }
}
