import { LockSide, RwLock } from '../language/lock.ts';
import type { Modelled } from '../language/modelled.ts';
import { withBody } from '../language/modelled.ts';
import type { Steps } from '../language/operation.ts';
import { SharedArray } from '../language/shared.ts';
import type { System, Thread } from '../language/system.ts';

/** Runs a program of a function in another way. */
export type Rewrite = (
  functionName: string,
  start: () => Steps<unknown>,
) => (() => Steps<unknown>) | undefined;

/**
 * The system with other bodies for some functions: for those that threads are given in records, and
 * for their programs. Functions that are called without such a record stay as they are.
 */
export function rewire(system: System, rewrite: Rewrite): System {
  const known = new Map<unknown, unknown>();
  const image = (value: unknown): unknown => {
    if (known.has(value)) return known.get(value);
    if (isModelled(value)) {
      const other = rewired(value, rewrite);
      known.set(value, other);
      return other;
    }
    if (Array.isArray(value)) return value.map(image);
    if (!isRecord(value)) return value;
    const copy: Record<string, unknown> = {};
    known.set(value, copy);
    for (const [name, one] of Object.entries(value)) copy[name] = image(one);
    return copy;
  };
  const threads = system.threads.map((thread) => ({
    ...thread,
    program: image(thread.program) as typeof thread.program,
    args: thread.args.map(image),
  }));
  return { ...system, threads };
}

/** The sides of the locks that threads are given, by identity. */
export function sidesIn(threads: readonly Thread[]): ReadonlyMap<string, LockSide> {
  const sides = new Map<string, LockSide>();
  const seen = new Set<unknown>();
  const look = (value: unknown): void => {
    if (seen.has(value)) return;
    seen.add(value);
    if (value instanceof RwLock) for (const one of [value.reader, value.writer]) look(one);
    else if (value instanceof LockSide) sides.set(value.identity, value);
    else if (Array.isArray(value) || value instanceof SharedArray)
      for (const one of value) look(one);
    else if (isRecord(value)) for (const one of Object.values(value)) look(one);
  };
  for (const { args } of threads) look(args);
  return sides;
}

function rewired(callee: Modelled<never, unknown>, rewrite: Rewrite): Modelled<never, unknown> {
  const body = callee.body as (...args: readonly unknown[]) => Steps<unknown>;
  return withBody(callee, (...args) => {
    const start = () => body(...args);
    return (rewrite(callee.functionName, start) ?? start)();
  });
}

function isModelled(value: unknown): value is Modelled<never, unknown> {
  return typeof value === 'function' && 'functionName' in value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
