import { Operation, type Steps } from './operation.ts';
import { freezeAndKey, type Identified, identify } from './value.ts';

/**
 * A function of the model: call it with `yield*`. It is compiled once for each tuple of arguments,
 * and its caller sees nothing but its return value.
 */
export interface Modelled<A extends readonly unknown[], R> extends Identified {
  (...args: A): Operation<R>;
  /** The name in reports, which is the kernel's where there is one. */
  readonly functionName: string;
  readonly body: (...args: A) => Steps<R>;
}

let modelledCount = 0;

/** A function that is taken for `callee` everywhere, by claims too, and does something else. */
export function withBody(
  callee: Modelled<never, unknown>,
  body: (...args: readonly unknown[]) => Steps<unknown>,
): Modelled<never, unknown> {
  const { functionName, identity } = callee;
  const call = (...args: readonly unknown[]): Operation<unknown> =>
    new Operation<unknown>({ kind: 'call', callee: other, args });
  const other: Modelled<never, unknown> = identify(
    Object.assign(call, { functionName, body, identity }) as unknown as Modelled<never, unknown>,
  );
  return other;
}

/**
 * Declares a function of the model. Do this once, at module level: two declarations are two
 * functions. Arguments and result must be plain data, variables, locks or modelled functions
 * (records of them included), and are frozen.
 */
export function modelled<A extends readonly unknown[], R>(
  functionName: string,
  body: (...args: A) => Steps<R>,
): Modelled<A, R> {
  const call = (...args: A): Operation<R> => {
    args.forEach((argument, i) => freezeAndKey(argument, `argument ${i + 1} of ${functionName}`));
    return new Operation<R>({
      kind: 'call',
      callee: callee as unknown as Modelled<never, unknown>,
      args,
    });
  };
  const identity = `${functionName}#${modelledCount++}`;
  const callee: Modelled<A, R> = identify(
    Object.assign(call, { functionName, body, identity }) as Modelled<A, R>,
  );
  return callee;
}
