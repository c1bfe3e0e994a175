import { Mutex, RwLock, WRITE_HELD } from './lock.ts';
import { ModelError } from './model-error.ts';
import { identify, type Scalar } from './value.ts';
import { DOMAIN_SIZE_MAX, erase, Variable } from './variable.ts';

/** Options of a variable. */
export interface VariableOptions {
  /** Written by threads, read by claims only; costs nothing in checks that do not read it. */
  readonly ghost?: boolean;
}

/** The shared memory of a system: declares its variables and locks, in the order of the layout. */
export class Shared {
  readonly variables: Variable<Scalar>[] = [];

  /** A variable over an explicit list of values. */
  oneOf<T extends Scalar>(
    name: string,
    domain: readonly T[],
    initial: T,
    options: VariableOptions = {},
  ): Variable<T> {
    if (this.variables.some((other) => other.name === name)) {
      throw new ModelError(`two variables are called ${name}; expected unique names`);
    }
    if (domain.length === 0 || domain.length > DOMAIN_SIZE_MAX) {
      throw new ModelError(`${name} has ${domain.length} values; expected 1 to ${DOMAIN_SIZE_MAX}`);
    }
    if (new Set(domain).size !== domain.length) {
      throw new ModelError(`${name} has a value twice in its domain`);
    }
    const index = domain.indexOf(initial);
    if (index < 0) {
      throw new ModelError(`${name} starts with ${initial}, which is outside of its domain`);
    }
    const variable = new Variable<T>(name, domain, index, options.ghost ?? false);
    this.variables.push(erase(variable));
    return variable;
  }

  /** A variable that is false or true. */
  boolean(name: string, initial = false, options: VariableOptions = {}): Variable<boolean> {
    return this.oneOf<boolean>(name, [false, true], initial, options);
  }

  /** A whole number from `min` to `max`, both included. */
  integer(
    name: string,
    range: { readonly min: number; readonly max: number; readonly initial?: number },
    options: VariableOptions = {},
  ): Variable<number> {
    const { min, max, initial = min } = range;
    if (!Number.isInteger(min) || !Number.isInteger(max) || max < min) {
      throw new ModelError(`${name} ranges from ${min} to ${max}; expected whole numbers in order`);
    }
    if (max - min >= DOMAIN_SIZE_MAX) {
      throw new ModelError(`${name} has ${max - min + 1} values; expected 1 to ${DOMAIN_SIZE_MAX}`);
    }
    const domain = Array.from({ length: max - min + 1 }, (_, i) => min + i);
    return this.oneOf(name, domain, initial, options);
  }

  /** `length` variables called `name[0]`, `name[1]`, ..., made by `make` in this order. */
  array<V>(name: string, length: number, make: (name: string, index: number) => V): SharedArray<V> {
    return new SharedArray(
      name,
      Array.from({ length }, (_, i) => make(`${name}[${i}]`, i)),
    );
  }

  mutex(name: string): Mutex {
    return new Mutex(this.integer(name, { min: 0, max: 1 }));
  }

  /** @param limits.readers the most readers at a time; usually the number of threads */
  rwLock(name: string, limits: { readonly readers: number }): RwLock {
    const domain = [0, ...Array.from({ length: limits.readers }, (_, i) => i + 1), WRITE_HELD];
    return new RwLock(this.oneOf(name, domain, 0));
  }
}

/** A fixed array of variables, locks or arrays of them, which may be passed as an argument. */
export class SharedArray<V> implements Iterable<V> {
  readonly identity: string;
  private readonly items: readonly V[];

  constructor(name: string, items: readonly V[]) {
    this.identity = name;
    this.items = items;
    identify(this);
  }

  get length(): number {
    return this.items.length;
  }

  /** @throws ModelError if there is no such element: an error of the model where it is reached */
  at(index: number): V {
    const item = this.items[index];
    if (item === undefined) {
      throw new ModelError(
        `${this.identity}[${index}] does not exist; expected 0 to ${this.items.length - 1}`,
      );
    }
    return item;
  }

  [Symbol.iterator](): Iterator<V> {
    return this.items[Symbol.iterator]();
  }
}
