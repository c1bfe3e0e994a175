import type { Condition } from './condition.ts';
import { DISABLED, Operation, OUT_OF_DOMAIN, type Steps } from './operation.ts';
import { freezeAndKey, identify, type Plain, type Scalar } from './value.ts';

/** The biggest domain of one variable. Operations are tabulated over it. */
export const DOMAIN_SIZE_MAX = 4096;

/** A shared variable with a finite domain. Made by `Shared`, which knows the names in use. */
export class Variable<T extends Scalar> {
  readonly identity: string;
  readonly name: string;
  readonly domain: readonly T[];
  readonly initial: number;
  /** Written by threads, read by claims only; absent from checks whose claims do not read it. */
  readonly ghost: boolean;
  private readonly indices: ReadonlyMap<Scalar, number>;

  /** @param initial index into `domain` of the first value */
  constructor(name: string, domain: readonly T[], initial: number, ghost = false) {
    this.identity = name;
    this.name = name;
    this.domain = Object.freeze([...domain]);
    this.initial = initial;
    this.ghost = ghost;
    this.indices = new Map(domain.map((value, index) => [value, index]));
    identify(this);
  }

  /** The index of `value` in the domain, or `OUT_OF_DOMAIN`. */
  indexOf(value: T): number {
    return this.indices.get(value) ?? OUT_OF_DOMAIN;
  }

  /** Reads the value. Where the code only asks for a part of it, `map` merges more states. */
  read(): Operation<T> {
    return this.access('read', (value) => ({ next: value, result: value })) as Operation<T>;
  }

  /** Reads `part(value)`: one atomic load of which only this much is looked at. */
  map<R extends Plain>(part: (value: T) => R): Operation<R> {
    return this.access('read', (value) => ({ next: value, result: part(value) })) as Operation<R>;
  }

  /** Reads whether the value is accepted. */
  test(accepts: (value: T) => boolean): Operation<boolean> {
    return this.map((value) => Boolean(accepts(value)));
  }

  /** Stores a value. One outside of the domain is an error of the model if it is ever stored. */
  write(value: T): Operation<void> {
    return this.access('write', () => ({ next: value, result: undefined })) as Operation<void>;
  }

  /** Atomically replaces the value by `change(value)`. */
  update(change: (value: T) => T): Operation<void> {
    return this.access('update', (value) => ({
      next: change(value),
      result: undefined,
    })) as Operation<void>;
  }

  /** Atomically replaces the value and results in the old one, or in `part` of it. */
  fetchUpdate(change: (value: T) => T): Operation<T>;
  fetchUpdate<R extends Plain>(change: (value: T) => T, part: (old: T) => R): Operation<R>;
  fetchUpdate<R extends Plain>(
    change: (value: T) => T,
    part: (old: T) => R = (old) => old as unknown as R,
  ): Operation<R> {
    return this.access('update', (value) => ({
      next: change(value),
      result: part(value),
    })) as Operation<R>;
  }

  /** Atomically stores `desired` if the value is `expected`; results in whether it did. */
  compareExchange(expected: T, desired: T): Operation<boolean> {
    return this.access('compare-exchange', (value) => ({
      next: value === expected ? desired : value,
      result: value === expected,
    })) as Operation<boolean>;
  }

  /** A plain `x = change(x)`: a load and a store, two steps between which others may run. */
  *modify(change: (value: T) => T, labels?: { load?: string; store?: string }): Steps<void> {
    const old = yield* labelled(this.read(), labels?.load);
    yield* labelled(this.write(change(old)), labels?.store);
  }

  /** Waits until the value is accepted, and then reads it in the same step. */
  waitUntil(accepts: (value: T) => boolean): Operation<T> {
    return this.access('wait', (value) =>
      accepts(value) ? { next: value, result: value } : 'disabled',
    ) as Operation<T>;
  }

  is(value: T): Condition {
    return this.satisfies((candidate) => candidate === value);
  }

  isNot(value: T): Condition {
    return this.satisfies((candidate) => candidate !== value);
  }

  /** A condition for `holds`, `waitUntil`, `every` and `some`. */
  satisfies(accepts: (value: T) => boolean): Condition {
    const accepted = this.domain.map((value) => Boolean(accepts(value)));
    return { quantifier: 'every', terms: [{ variable: erase(this), accepts: accepted }] };
  }

  /** Tabulates `step` over the domain. */
  access(
    verb: string,
    step: (value: T) => { next: T; result: Plain } | 'disabled',
    lock?: { side: import('./lock.ts').LockSide; change: 1 | -1 },
  ): Operation<unknown> {
    const next: number[] = [];
    const outcome: number[] = [];
    const results: Plain[] = [];
    const seen = new Map<string, number>();
    for (const value of this.domain) {
      const taken = step(value);
      if (taken === 'disabled') {
        next.push(DISABLED);
        outcome.push(DISABLED);
        continue;
      }
      const to = this.indexOf(taken.next);
      next.push(to);
      if (to === OUT_OF_DOMAIN) {
        outcome.push(OUT_OF_DOMAIN);
        continue;
      }
      const key = freezeAndKey(taken.result, `the result of ${verb} ${this.name}`);
      let index = seen.get(key);
      if (index === undefined) {
        index = results.length;
        seen.set(key, index);
        results.push(taken.result);
      }
      outcome.push(index);
    }
    const variable = erase(this);
    return new Operation(
      lock === undefined
        ? { kind: 'access', verb, variable, next, outcome, results }
        : { kind: 'access', verb, variable, next, outcome, results, lock },
    );
  }
}

/** Forgets the type of the values, which operations carry as indices only. */
export function erase<T extends Scalar>(variable: Variable<T>): Variable<Scalar> {
  return variable as unknown as Variable<Scalar>;
}

/** Puts a label on an operation if there is one. */
export function labelled<R>(operation: Operation<R>, label: string | undefined): Operation<R> {
  return label === undefined ? operation : operation.at(label);
}
