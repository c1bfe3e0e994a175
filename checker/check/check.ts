import { compile } from '../automaton/compile.ts';
import { exploreCompiled } from '../compiled/explore-compiled.ts';
import type { CrewEnds, Engine, Limits, Progress, SymmetryUse } from '../engine/engine.ts';
import { naiveLiveness } from '../generators/liveness/naive-liveness.ts';
import { naive } from '../generators/naive.ts';
import { buildSystem, completeScope, type Model, notClaimedIn } from '../language/model.ts';
import { ModelError } from '../language/model-error.ts';
import { ParameterError, type Scope } from '../language/parameter.ts';
import type { System } from '../language/system.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import {
  possibleNames,
  premiseEntry,
  type ScopeLedger,
  scopeLedger,
} from '../ledger/scope-ledger.ts';
import { widerScopes } from '../ledger/wider-scopes.ts';
import { exploreLiveness, exploreLivenessCompiled } from '../liveness/explore-liveness.ts';
import { explore } from '../search/explore.ts';
import { type SimulationOptions, simulation } from '../simulation/simulate.ts';
import { type ClaimOutline, claimResults, mergeClaims, outlineOfClaim } from './claim-results.ts';
import type { CanaryResult, CheckResult, Part, ScopeResult, Verdict } from './result.ts';
import { shrink } from './shrink.ts';

/**
 * The engines by the name they are asked for: the compiled search, its twin in plain TypeScript,
 * and the slow, obvious twin of both.
 */
const ENGINES = {
  compiled: exploreCompiled,
  interpreter: explore,
  naive,
} as const satisfies Record<string, Engine>;
export type EngineName = keyof typeof ENGINES;

/** What judges claims over infinite runs, by the engine that is asked for. */
const LIVENESS_ENGINES = {
  compiled: exploreLivenessCompiled,
  interpreter: exploreLiveness,
  naive: naiveLiveness,
} as const satisfies Record<EngineName, Engine>;
export const ENGINE_NAMES = Object.keys(ENGINES) as readonly EngineName[];

export interface CheckOptions {
  readonly engine: EngineName;
  /** Ids of the claims to judge; all if absent. Assertions and deadlock are always judged. */
  readonly only?: readonly string[];
  /** For all scopes together, except for the memory, which each scope gives back. */
  readonly limits: Limits;
  readonly keepGoing: boolean;
  /** Judge what was seen, and whether a canary is caught: only then is EXHAUSTED a green. */
  readonly ledger?: boolean;
  /** Make each counterexample as small as it can be. */
  readonly shrink?: boolean;
  /** Walk through the scopes by chance, and search nothing. */
  readonly simulation?: SimulationOptions;
  /** For the compiled engine; the others keep every state. */
  readonly symmetry?: SymmetryUse;
  /** Threads that help the compiled engine. */
  readonly crew?: CrewEnds;
  /** Where to judge the claims over infinite runs, after all others; nowhere if absent. */
  readonly livenessScopes?: readonly Scope[];
}

export interface CheckProgress extends Progress {
  readonly phase: 'compile' | 'search';
  /** Index of the scope, those for liveness last. */
  readonly scope: number;
}

export interface CheckListener {
  onProgress(progress: CheckProgress): 'continue' | 'interrupt';
  /** Told which modelled function is about to be run while the model is compiled. */
  onFunction(name: string): void;
  /** Given the result of each scope as soon as there is one. */
  onScope(result: ScopeResult): void;
}

/** Hears nothing and lets everything go on. */
const SILENT: CheckListener = {
  onProgress: () => 'continue',
  onFunction: () => {},
  onScope: () => {},
};

/**
 * Checks a model in several scopes, one after the other, and replays every counterexample by
 * running the generators. Ends with the first scope in which a claim fails, unless told to keep
 * going.
 *
 * @throws ModelError if the model breaks the contract of the language
 * @throws Error if a counterexample does not replay, which is a bug of the engine
 */
export function runCheck(
  model: Model,
  scopes: readonly Scope[],
  options: CheckOptions,
  listener: CheckListener = SILENT,
): CheckResult {
  const results: ScopeResult[] = [];
  const ledgers: ScopeLedger[] = [];
  const { livenessScopes = [] } = options;
  const jobs = [
    ...scopes.map((scope) => ({ part: 'safety' as const, scope })),
    ...livenessScopes.map((scope) => ({ part: 'liveness' as const, scope })),
  ];
  for (const [i, { part, scope }] of jobs.entries()) {
    const limits = remaining(options.limits, results);
    const job = { ...options, limits };
    const { result, ledger } = searchScope(part, model, scope, job, listener, i);
    results.push(result);
    if (ledger !== undefined) ledgers.push(ledger);
    listener.onScope(result);
    if (result.stopped !== undefined) break;
    if (result.verdict === 'VIOLATED' && !options.keepGoing) break;
  }
  const complete = results.length === jobs.length;
  const pending = jobs.slice(results.length).flatMap(({ part, scope }) => {
    const { claims, liveness = [] } = select(part, buildSystem(model, scope), options.only);
    return [...claims, ...liveness].map(outlineOfClaim);
  });
  const engine = options.simulation === undefined ? options.engine : 'simulation';
  const combined = combine(model, engine, results, complete, pending);
  const found = options.shrink === true ? withShrunk(model, combined, options, listener) : combined;
  return options.ledger === true && found.verdict === 'EXHAUSTED'
    ? earn(model, found, ledgers, options, listener)
    : found;
}

/** The same result, with counterexamples as small as they can be. */
function withShrunk(
  model: Model,
  found: CheckResult,
  options: CheckOptions,
  listener: CheckListener,
): CheckResult {
  const claims = found.claims.map(({ counterexample, ...claim }) =>
    counterexample === undefined
      ? claim
      : { ...claim, counterexample: shrink(model, counterexample, options, listener) },
  );
  return { ...found, claims };
}

/** Looks at what the silence of the claims is worth. */
function earn(
  model: Model,
  found: CheckResult,
  ledgers: readonly ScopeLedger[],
  options: CheckOptions,
  listener: CheckListener,
): CheckResult {
  const waivers = found.scopes.flatMap(({ scope }) => model.waivers?.(scope) ?? []);
  const excerpts = found.scopes.map(({ scope }) => model.excerpt?.(scope));
  const ledger = ledgerOf(ledgers, {
    waivers,
    excerpt: excerpts.includes(undefined) ? undefined : excerpts[0],
    reachableBy: widerBy(model, found.scopes),
  });
  const canary = runCanary(model, options, listener);
  if (canary?.verdict === 'INTERRUPTED') return { ...found, verdict: 'INTERRUPTED' };
  const isEarned = ledger.unmet === 0 && (canary === undefined || canary.caught !== undefined);
  return {
    ...found,
    verdict: isEarned ? 'EXHAUSTED' : 'VACUOUS',
    ledger,
    ...(canary === undefined ? {} : { canary }),
  };
}

/** Finds a change of scope in which something may happen that cannot in the scopes given. */
function widerBy(
  model: Model,
  scopes: readonly ScopeResult[],
): (name: string) => string | undefined {
  let wider: readonly (readonly [string, ReadonlySet<string>])[] | undefined;
  const compileAll = () =>
    scopes.slice(-1).flatMap(({ scope: last }) =>
      widerScopes(model.parameters, last).flatMap(({ flag, scope }) => {
        try {
          return [[flag, possibleNames(compile(buildSystem(model, scope)))] as const];
        } catch (error) {
          // Not every combination of parameters is a scope.
          if (error instanceof ModelError || error instanceof ParameterError) return [];
          throw error;
        }
      }),
    );
  return (name) => {
    wider ??= compileAll();
    return wider.find(([, names]) => names.has(name))?.[0];
  };
}

/** Runs the canary by the same engine, with all claims of the model and without limits. */
function runCanary(
  { canary, ...model }: Model,
  options: CheckOptions,
  listener: CheckListener,
): CanaryResult | undefined {
  if (canary === undefined) return undefined;
  const scope = completeScope(model.parameters, canary.scope);
  const { only: _, ...unlimited } = { ...options, limits: {}, keepGoing: false, ledger: false };
  const { verdict, states, claims } = checkScope(model, scope, unlimited, listener);
  const failed = claims.find((claim) => claim.verdict === 'VIOLATED')?.id;
  const { summary, caughtBy } = canary;
  return {
    ...{ summary, scope, caughtBy, verdict, states },
    ...(failed !== undefined && caughtBy.includes(failed) ? { caught: failed } : {}),
  };
}

/**
 * The result of a check from those of its scopes.
 *
 * @param complete no scope was left out
 * @param pending the claims of those that were, judged elsewhere or not
 */
export function combine(
  model: Model,
  engine: string,
  results: readonly ScopeResult[],
  complete: boolean,
  pending: readonly ClaimOutline[] = [],
): CheckResult {
  // The same states may be visited by both parts of a check, so one of them counts.
  const safety = results.filter(({ part }) => part === 'safety');
  const counted = safety.length > 0 ? safety : results;
  return {
    model: model.name,
    modelVersion: model.version,
    engine,
    verdict: worst(results.map(({ verdict }) => verdict)),
    states: sum(counted.map(({ states }) => states)),
    transitions: sum(counted.map(({ transitions }) => transitions)),
    depth: Math.max(...counted.map(({ depth }) => depth)),
    claims: mergeClaims(results, complete, pending),
    scopes: results,
    notModelled: model.notModelled ?? [],
    notClaimed: notClaimedIn(
      model,
      results.map(({ scope }) => scope),
    ),
  };
}

/** Judges the claims over states and steps in one scope. For errors see `runCheck`. */
export function checkScope(
  model: Model,
  scope: Scope,
  options: CheckOptions,
  listener: CheckListener = SILENT,
): ScopeResult {
  return searchScope('safety', model, scope, options, listener, 0).result;
}

/**
 * Judges the claims over infinite runs in one scope, and with them assertions and deadlock. Every
 * state is kept, as symmetry does not preserve them. For errors see `runCheck`.
 */
export function checkLiveness(
  model: Model,
  scope: Scope,
  options: CheckOptions,
  listener: CheckListener = SILENT,
): ScopeResult {
  return searchScope('liveness', model, scope, options, listener, 0).result;
}

function searchScope(
  part: Part,
  model: Model,
  scope: Scope,
  options: CheckOptions,
  listener: CheckListener,
  scopeIndex: number,
): { readonly result: ScopeResult; readonly ledger?: ScopeLedger } {
  const started = performance.now();
  listener.onFunction(`build of ${model.name}`);
  const everything = buildSystem(model, scope);
  const system = select(part, everything, options.only);
  const outcome = engineFor(part, options)(system, {
    limits: options.limits,
    keepGoing: options.keepGoing,
    symmetry: options.symmetry ?? 'verified',
    ...(options.crew === undefined ? {} : { crew: options.crew }),
    onProgress: (progress) =>
      listener.onProgress({ ...progress, phase: 'search', scope: scopeIndex }),
    onFunction: (name) => listener.onFunction(name),
  });
  const { stopped, states, transitions, depth, symmetric, stateBits, memoryBytes } = outcome;
  const ledger = options.ledger === true ? entriesOf(part, everything, system, outcome) : undefined;
  const result: ScopeResult = {
    part,
    scope,
    verdict: verdictOf(outcome),
    ...(stopped === undefined ? {} : { stopped }),
    states,
    transitions,
    depth,
    ...(symmetric === undefined ? {} : { symmetric }),
    stateBits,
    memoryBytes,
    ...(outcome.walks === undefined ? {} : { walks: outcome.walks }),
    claims: claimResults(model, scope, system, outcome),
    seconds: (performance.now() - started) / 1000,
  };
  return ledger === undefined ? { result } : { result, ledger };
}

/** What became of the obligations of a scope. Those of its code are a matter of the safety part. */
function entriesOf(
  part: Part,
  everything: System,
  system: System,
  { coverage, premises }: ReturnType<Engine>,
): ScopeLedger | undefined {
  if (part === 'liveness') {
    const entries = (system.liveness ?? []).map(({ id }) => premiseEntry(id, premises));
    return { entries, functions: { called: new Set(), given: new Set() } };
  }
  return coverage && scopeLedger(compile(everything), system.claims, { coverage, premises });
}

function engineFor(part: Part, { engine, simulation: walks }: CheckOptions): Engine {
  if (part === 'liveness') return LIVENESS_ENGINES[engine];
  return walks === undefined ? ENGINES[engine] : simulation(walks);
}

/** A system with those of its claims that a part of a check judges. */
export function select(part: Part, system: System, only: readonly string[] | undefined): System {
  const isAsked = ({ id }: { readonly id: string }) => only?.includes(id) ?? true;
  const { claims, liveness = [] } = system;
  return part === 'safety'
    ? {
        ...system,
        claims: claims.filter((claim) => claim.kind === 'assertion' || isAsked(claim)),
        liveness: [],
      }
    : {
        ...system,
        claims: claims.filter(({ kind }) => kind === 'assertion'),
        liveness: liveness.filter(isAsked),
      };
}

function verdictOf({ violations, stopped, exhausted }: ReturnType<Engine>): Verdict {
  if (violations.length > 0) return 'VIOLATED';
  if (stopped !== undefined) return stopped === 'interrupt' ? 'INTERRUPTED' : 'STOPPED';
  return exhausted ? 'EXHAUSTED' : 'BOUNDED';
}

function worst(verdicts: readonly Verdict[]): Verdict {
  const order = [
    ...(['VIOLATED', 'INTERRUPTED', 'STOPPED', 'BOUNDED', 'VACUOUS', 'EXHAUSTED'] as const),
  ];
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'STOPPED';
}

function remaining(limits: Limits, done: readonly ScopeResult[]): Limits {
  const { statesMax, durationMsMax } = limits;
  return {
    ...limits,
    ...(statesMax === undefined
      ? {}
      : { statesMax: statesMax - sum(done.map(({ states }) => states)) }),
    ...(durationMsMax === undefined
      ? {}
      : { durationMsMax: durationMsMax - 1000 * sum(done.map(({ seconds }) => seconds)) }),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
