import type { CompiledSystem } from '../automaton/compile.ts';

/** Names of the functions that the threads of these systems are given, and none ever calls. */
export function uncalledIn(systems: readonly CalledIn[]): readonly string[] {
  const called = new Set(systems.flatMap(({ called: names }) => [...names]));
  const given = new Set(systems.flatMap(({ given: names }) => [...names]));
  return [...given].filter((name) => !called.has(name)).sort();
}

/** The functions of one system, by name. */
export interface CalledIn {
  readonly called: ReadonlySet<string>;
  readonly given: ReadonlySet<string>;
}

export function calledIn({ system, functions }: CompiledSystem): CalledIn {
  const given = new Set<string>();
  const seen = new Set<unknown>();
  const look = (value: unknown): void => {
    if (seen.has(value)) return;
    seen.add(value);
    if (isModelled(value)) given.add(value.functionName);
    else if (isPlainObject(value)) for (const one of Object.values(value)) look(one);
  };
  for (const { args } of system.threads) for (const one of args) look(one);
  return { called: functions, given };
}

function isModelled(value: unknown): value is { readonly functionName: string } {
  return typeof value === 'function' && 'functionName' in value;
}

/** A record or an array; not a variable or a lock. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
