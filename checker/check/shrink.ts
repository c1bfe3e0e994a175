import type { Move } from '../engine/engine.ts';
import { buildSystem, type Model } from '../language/model.ts';
import { type Parameter, ParameterError, type Scope } from '../language/parameter.ts';
import type { OperationKind } from '../language/shrinking.ts';
import { type Cheapest, cheapestSchedule } from '../search/cheapest-schedule.ts';
import { prepare } from '../search/explore.ts';
import {
  type CheckListener,
  type CheckOptions,
  checkLiveness,
  checkScope,
  select,
} from './check.ts';
import { counterexample, lengthOf } from './claim-results.ts';
import type { Counterexample, Shrunk } from './result.ts';

/** States of one scope that are looked at for a cheaper schedule, if no limit is named. */
const STATES_MAX = 5_000_000;

/** The same violation as it gets smaller. */
interface Progress {
  readonly scope: Scope;
  readonly moves: readonly Move[];
  /** Operations by kind. */
  readonly operations: readonly number[];
}

/**
 * Shrinks a counterexample: fewest threads first, then fewest operations by kind, then the simplest
 * scope in the order of the model, then fewest thread switches, then fewest steps. Nothing is
 * tried at random: every scope with fewer threads is exhausted, and in the rest all that is
 * cheaper is looked at, so that minimal is proved, but for what `unproved` names.
 *
 * Operations of a loop are not counted one by one. What bounds them in a scope is lowered instead,
 * and every scope that is simpler in it is exhausted; in the simplest one the way to a loop, and
 * then the loop, have as few steps as they can.
 *
 * @throws Error if the smaller schedule does not replay, which is a bug of the engine
 */
export function shrink(
  model: Model,
  found: Counterexample,
  options: CheckOptions,
  listener: CheckListener,
): Counterexample {
  return new Shrinker(model, found, options, listener).run();
}

class Shrinker {
  private readonly model: Model;
  private readonly found: Counterexample;
  private readonly options: CheckOptions;
  private readonly listener: CheckListener;
  private readonly kinds: readonly OperationKind[];
  private readonly unproved: string[] = [];
  private readonly started = performance.now();

  constructor(model: Model, found: Counterexample, options: CheckOptions, listener: CheckListener) {
    this.model = model;
    this.found = found;
    this.options = options;
    this.listener = listener;
    this.kinds = model.shrinking?.operations ?? [];
  }

  run(): Counterexample {
    return this.found.loop === undefined ? this.finite() : this.endless();
  }

  private finite(): Counterexample {
    const { found, model, unproved } = this;
    const from = this.from();
    const { scope } = this.fewestThreads();
    const cheapest = this.cheapest(scope);
    if (cheapest.found !== 'schedule') {
      unproved.push(...this.kinds.map(({ name }) => name), 'thread switches', 'steps');
      return { ...found, shrunk: { from, counts: [], simplest: {}, unproved } };
    }
    const { cost, moves } = cheapest;
    const least = this.simplestScope({ scope, moves, operations: cost.operations });
    const system = select('safety', buildSystem(model, least.scope), this.options.only);
    const violation = { claim: found.claim, because: '', schedule: least.moves };
    const smaller = counterexample(model, least.scope, system, violation);
    const operations = this.kinds.map(({ name }, i) => ({ name, count: least.operations[i]! }));
    const counts = [...this.threadCount(least.scope), ...operations];
    const simplest = valuesOf(model.shrinking?.parameters ?? [], least.scope);
    return { ...smaller, shrunk: { from, counts, simplest, unproved } };
  }

  private endless(): Counterexample {
    const { model, unproved } = this;
    const { bounds = [], parameters = [] } = model.shrinking ?? {};
    const names = [...new Set([...bounds, ...parameters])];
    let least = this.fewestThreads();
    for (const name of names) {
      const parameter = model.parameters[name];
      if (parameter === undefined) continue;
      for (const value of simplerValues(parameter, least.scope[name])) {
        const answer = this.failureIn({ ...least.scope, [name]: value });
        if (answer === 'unknown') unproved.push(`${name} of the scope`);
        if (typeof answer === 'string') continue;
        least = answer;
        break;
      }
    }
    const counts = this.threadCount(least.scope);
    const simplest = valuesOf(names, least.scope);
    return { ...least, shrunk: { from: this.from(), counts, simplest, unproved } };
  }

  /** What was found first. */
  private from(): Shrunk['from'] {
    const { threadSwitches, scope } = this.found;
    return { steps: lengthOf(this.found), threadSwitches, scope };
  }

  private threadCount(scope: Scope): Shrunk['counts'] {
    const threads = this.model.shrinking?.threads;
    return threads === undefined
      ? []
      : [{ name: threads.name, count: Number(scope[threads.parameter]) }];
  }

  /** A violation with the fewest threads; scopes with fewer are exhausted. */
  private fewestThreads(): Counterexample {
    const { found, model } = this;
    const threads = model.shrinking?.threads;
    const parameter = threads === undefined ? undefined : model.parameters[threads.parameter];
    if (threads === undefined || parameter?.kind !== 'integer') return found;
    const most = Number(found.scope[threads.parameter]);
    for (let count = parameter.min; count < most; count++) {
      const answer = this.failureIn({ ...found.scope, [threads.parameter]: count });
      if (typeof answer !== 'string') return answer;
      if (answer === 'unknown') this.unproved.push(threads.name);
    }
    return found;
  }

  /** How the claim fails in a scope, if it does; `unknown` if a limit came before the answer. */
  private failureIn(scope: Scope): Counterexample | 'none' | 'unknown' {
    const { claim, loop } = this.found;
    const check = loop === undefined ? checkScope : checkLiveness;
    // Another claim, like deadlock, may end a search before this one is decided.
    for (const keepGoing of [false, true]) {
      const options = { ...this.options, ledger: false, only: [claim], keepGoing };
      const { simulation: _, ...search } = { ...options, limits: this.limits() };
      const result = this.unlessRefused(() => check(this.model, scope, search, this.listener));
      if (result === undefined) return 'none';
      const { claims, stopped } = result;
      const judged = claims.find(({ id }) => id === claim);
      if (judged?.counterexample !== undefined) return judged.counterexample;
      if (judged?.verdict === 'HOLDS') return 'none';
      if (stopped !== undefined) return 'unknown';
    }
    return 'unknown';
  }

  /** Not every combination of parameters is a scope. */
  private unlessRefused<R>(run: () => R): R | undefined {
    try {
      return run();
    } catch (error) {
      if (error instanceof ParameterError) return undefined;
      throw error;
    }
  }

  /** Takes from the scope what it can, parameter by parameter, at the same operations. */
  private simplestScope(start: Progress): Progress {
    let least = start;
    for (const name of this.model.shrinking?.parameters ?? []) {
      const parameter = this.model.parameters[name];
      if (parameter === undefined) continue;
      for (const value of simplerValues(parameter, least.scope[name])) {
        const scope = { ...least.scope, [name]: value };
        const cheapest = this.unlessRefused(() => this.cheapest(scope, least.operations));
        if (cheapest === undefined) continue;
        if (cheapest.found === 'unknown') this.unproved.push(`${name} of the scope`);
        if (cheapest.found !== 'schedule') continue;
        const { moves, cost } = cheapest;
        least = { scope, moves, operations: cost.operations };
        break;
      }
    }
    return least;
  }

  private cheapest(scope: Scope, operationsMax?: readonly number[]): Cheapest {
    const { listener, found, kinds, model } = this;
    listener.onFunction(`build of ${model.name}`);
    const system = select('safety', buildSystem(model, scope), [found.claim]);
    const prepared = prepare(system, (name) => listener.onFunction(name));
    return cheapestSchedule(prepared, found.claim, {
      kinds,
      ...(operationsMax === undefined ? {} : { operationsMax }),
      limits: { statesMax: STATES_MAX, ...this.limits() },
      shallStop: (states) => {
        const progress = { states, transitions: 0, depth: 0, frontier: 0, memoryBytes: 0 };
        const phase = 'search' as const;
        return listener.onProgress({ ...progress, phase, scope: 0 }) === 'interrupt';
      },
    });
  }

  /** The limits of the check, with the time that is left of it. */
  private limits(): CheckOptions['limits'] {
    const { durationMsMax, ...limits } = this.options.limits;
    if (durationMsMax === undefined) return limits;
    return { ...limits, durationMsMax: durationMsMax - (performance.now() - this.started) };
  }
}

/** Some parameters of a scope. */
function valuesOf(names: readonly string[], scope: Scope): Scope {
  return Object.fromEntries(names.map((name) => [name, scope[name]!]));
}

/** Simpler values of a parameter than the one given, simplest first. */
function simplerValues(parameter: Parameter, value: Scope[string] | undefined): Scope[string][] {
  if (parameter.kind === 'integer') {
    return Array.from({ length: Number(value) - parameter.min }, (_, i) => parameter.min + i);
  }
  if (parameter.kind === 'word' || typeof value !== 'object') return [];
  const subsets: string[][] = [[]];
  for (const word of value) subsets.push(...subsets.map((subset) => [...subset, word]));
  return subsets.filter(({ length }) => length < value.length).sort((a, b) => a.length - b.length);
}
