import { ContractError, ModelError } from '../language/model-error.ts';
import { Operation, type Steps } from '../language/operation.ts';
import { takeSite } from '../language/site.ts';
import { actionText } from './operation-text.ts';
import { type FrameStart, functionNameOf, type HistoryEntry, type Place } from './place.ts';
import { sameOperation } from './same-operation.ts';

/** More operations of one frame than this mean a loop without `loop`. */
const HISTORY_LENGTH_MAX = 600;

/** What a generator did when it was resumed. */
export type Reaction =
  | { readonly done: false; readonly operation: Operation }
  | { readonly done: true; readonly result: unknown };

/** A frame with its generator, which has run through the history and waits for a result. */
export class LiveFrame {
  readonly history: HistoryEntry[];
  private readonly functionName: string;
  private readonly generator: Steps<unknown>;
  private operation: Operation | undefined;
  private calledFrom: Error | undefined;

  /**
   * @param functionName of the function whose code this is, for messages
   * @param start makes the generator; what it throws is an error of the model
   */
  constructor(functionName: string, start: () => Steps<unknown>) {
    this.functionName = functionName;
    this.history = [];
    this.generator = this.guarded(start);
    if (typeof (this.generator as Partial<Steps<unknown>> | undefined)?.next !== 'function') {
      throw new ContractError(`${functionName}: no generator; expected a function*`);
    }
  }

  /** Starts the generator. */
  begin(): Reaction {
    return this.advance(undefined);
  }

  /** Resumes the generator with the result of the operation that it last yielded. */
  feed(result: unknown): Reaction {
    if (this.operation === undefined) throw new Error('a generator was fed before it began');
    this.history.push({ operation: this.operation, result });
    if (this.history.length > HISTORY_LENGTH_MAX) {
      throw new ContractError(
        `${this.functionName}: more than ${HISTORY_LENGTH_MAX} operations in one run; ` +
          'expected loop(...) where code repeats',
      );
    }
    return this.advance(result);
  }

  /**
   * Starts the generator and runs it through a history.
   *
   * @param then the operation that it was about to perform, if that is known
   * @returns the operation that it yields next
   * @throws ModelError if it does something else than when the history was made
   */
  replay(history: readonly HistoryEntry[], then?: Operation): Operation {
    let reaction = this.begin();
    for (const entry of history) {
      if (reaction.done || !sameOperation(reaction.operation, entry.operation)) {
        throw this.nondeterministic(entry.operation, reaction);
      }
      reaction = this.feed(entry.result);
    }
    if (reaction.done || (then && !sameOperation(then, reaction.operation))) {
      throw this.nondeterministic(then, reaction);
    }
    return reaction.operation;
  }

  /** The operation whose result it waits for. */
  pending(): Operation | undefined {
    return this.operation;
  }

  /** Its call stack, if that was noted. */
  site(): Error | undefined {
    return this.calledFrom;
  }

  private advance(input: unknown): Reaction {
    const { done, value } = this.guarded(() => this.generator.next(input));
    if (done === true) {
      this.operation = undefined;
      return { done: true, result: value };
    }
    if (!(value instanceof Operation)) {
      throw new ContractError(
        `${this.functionName}: yielded a ${typeof value}; expected yield* of an operation`,
      );
    }
    this.operation = value;
    this.calledFrom = takeSite();
    return { done: false, operation: value };
  }

  private guarded<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (error instanceof ContractError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new ModelError(`${this.functionName}: ${message.split('\n', 1)[0]}`);
    }
  }

  private nondeterministic(expected: Operation | undefined, reaction: Reaction): ContractError {
    const before = expected === undefined ? 'an operation' : actionText(expected);
    const now = reaction.done ? 'return' : actionText(reaction.operation);
    return new ContractError(
      `${this.functionName}: run twice with the same results it did "${before}" and "${now}"; ` +
        'expected it to depend on its arguments and results only',
    );
  }
}

/** The live frames of a place, outermost first, rebuilt from nothing but its histories. */
export function rebuild({ frames, operation }: Place): LiveFrame[] {
  let below: Operation | undefined;
  return frames.map((frame, depth) => {
    const live = new LiveFrame(functionNameOf(frames.slice(0, depth + 1)), () =>
      bodyOf(frame, below),
    );
    below = live.replay(frame.history, depth === frames.length - 1 ? operation : undefined);
    return live;
  });
}

/** A new generator for a frame, given the operation of the frame below that started it. */
export function bodyOf(frame: FrameStart, below: Operation | undefined): Steps<unknown> {
  if (frame.kind === 'call') {
    const body = frame.callee.body as (...args: readonly unknown[]) => Steps<unknown>;
    return body(...frame.args);
  }
  if (below?.action.kind !== 'loop') throw new Error('a loop frame stands on no loop');
  return below.action.body(frame.state as never);
}
