import { ContractError } from './model-error.ts';

/** A value of a shared variable. */
export type Scalar = boolean | number | string;

/** Data without identity: what functions take and return, and what operations result in. */
export type Plain =
  | Scalar
  | null
  | undefined
  | readonly Plain[]
  | { readonly [name: string]: Plain };

/**
 * Something that arguments may hold beside plain data because its identity is fixed for the whole
 * check: a variable, a lock, a modelled function.
 */
export interface Identified {
  readonly identity: string;
}

const identified = new WeakSet<object>();

/** Declares that `thing` is compared by its `identity`, which must be unique within a system. */
export function identify<T extends Identified>(thing: T): T {
  identified.add(thing);
  return thing;
}

const keys = new WeakMap<object, string>();

/**
 * Freezes `value` deeply and returns a text that is equal exactly for equal values: the merge key
 * of everything the engine tabulates.
 *
 * @param where how to name the value in an error, e.g. "argument 2 of f"
 * @throws ContractError if something inside is neither plain data nor a variable, lock or modelled
 *   function
 */
export function freezeAndKey(value: unknown, where: string): string {
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      return Object.is(value, -0) ? '0' : String(value);
    case 'string':
      return JSON.stringify(value);
    case 'undefined':
      return 'undefined';
    case 'object':
      return value === null ? 'null' : keyOfObject(value, where);
    case 'function':
      if (identified.has(value)) return `@${(value as unknown as Identified).identity}`;
  }
  throw new ContractError(
    `${where} is a ${typeof value}; expected plain data, a variable, a lock or a modelled function`,
  );
}

function keyOfObject(value: object, where: string): string {
  const known = keys.get(value);
  if (known !== undefined) return known;
  if (identified.has(value)) return `@${(value as unknown as Identified).identity}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  let key: string;
  if (Array.isArray(value)) {
    key = `[${value.map((item, i) => freezeAndKey(item, `${where}[${i}]`)).join(',')}]`;
  } else if (prototype === Object.prototype || prototype === null) {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    key = `{${fields
      .map(([name, field]) => `${JSON.stringify(name)}:${freezeAndKey(field, `${where}.${name}`)}`)
      .join(',')}}`;
  } else {
    const className = (value.constructor as { name?: string } | undefined)?.name ?? 'an object';
    throw new ContractError(
      `${where} is an instance of ${className}; ` +
        'expected plain data, a variable, a lock or a modelled function',
    );
  }
  Object.freeze(value);
  keys.set(value, key);
  return key;
}

/** How a value is written in reports. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) {
    if (identified.has(value)) return (value as Identified).identity;
    if (Array.isArray(value)) return `[${value.map(showValue).join(', ')}]`;
    return `{${Object.entries(value)
      .map(([name, field]) => `${name}: ${showValue(field)}`)
      .join(', ')}}`;
  }
  return typeof value === 'function' ? (value as { name: string }).name : String(value);
}
