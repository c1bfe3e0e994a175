import type { Claim } from './claim.ts';
import type { ListStyle } from './list-style.ts';
import type { LivenessClaim } from './liveness-claim.ts';
import type { MatrixRows } from './matrix-row.ts';
import type { Parameters, Scope, ScopeOf } from './parameter.ts';
import type { Presentation } from './presentation.ts';
import type { Quote } from './quote.ts';
import type { Shared } from './shared.ts';
import { Shared as SharedMemory } from './shared.ts';
import type { Shrinking } from './shrinking.ts';
import type { System, Thread } from './system.ts';

/** What a model file exports by default: everything `check --model` needs to know. */
export interface Model<P extends Parameters = Parameters> {
  readonly name: string;
  /** A note in schedules, so that a reader knows which text a schedule was found in. */
  readonly version: string;
  /** One line for `--help`. */
  readonly summary: string;
  readonly parameters: P;
  /** Declares variables on `shared` and says which threads run over them. */
  build(
    shared: Shared,
    scope: ScopeOf<P>,
  ): {
    readonly threads: readonly Thread[];
    readonly claims: readonly (Claim | LivenessClaim)[];
  };
  /**
   * The scopes that one check covers, given the parameters that the user named; one scope with the
   * defaults for all others if absent.
   */
  scopes?(given: Partial<ScopeOf<P>>): readonly ScopeOf<P>[];
  /** Likewise for claims over infinite runs; the scopes of the other claims if absent. */
  livenessScopes?(given: Partial<ScopeOf<P>>): readonly ScopeOf<P>[];
  /** For `--help`: when `scopes` answers what. */
  readonly scopesHelp?: string;
  /** What the model leaves out, printed with each verdict. */
  readonly notModelled?: readonly string[];
  readonly explained?: Explained<P>;
  /** What was said of it, oldest first, and which claims test that. */
  readonly thread?: readonly Quote[];
  /** How reports for a mailing list speak of it. */
  readonly listStyle?: ListStyle;
  /** What makes a counterexample smaller, beside switches and steps. */
  readonly shrinking?: Shrinking;
  /** The rows of `matrix`. */
  readonly matrix?: MatrixRows<ScopeOf<P>>;
  /** Run with each check that wants a ledger: if it is not caught, neither would others be. */
  readonly canary?: Canary<P>;
  /**
   * What a check of this scope need not have seen, and why. A waiver that is not needed is a fault
   * as well.
   */
  waivers?(scope: ScopeOf<P>): readonly Waiver[];
  /**
   * For a scope whose threads do less than the model could: what it is about. Code that it does not
   * reach is listed and not required; absent or `undefined`, all of the code has to be seen.
   */
  excerpt?(scope: ScopeOf<P>): Excerpt | undefined;
  /** How to draw a scope; its variables are listed in a table if absent. */
  presentation?(scope: ScopeOf<P>): Presentation;
  /**
   * The ids of claims that are not made of this scope, as what it runs has other aims, each with
   * the reason. They are not judged; the reasons are printed with each verdict.
   */
  notClaimed?(scope: ScopeOf<P>): Readonly<Record<string, string>>;
}

/** What `explain` takes apart if nothing else is asked for. */
export interface Explained<P extends Parameters = Parameters> {
  /** Names of functions that threads are given in records; a variant need not call all of them. */
  readonly functions: readonly string[];
  /** Scopes to try, in this order, by the parameters that differ from their defaults. */
  readonly scopes: readonly Partial<ScopeOf<P>>[];
}

/** A known mistake in a small scope. */
export interface Canary<P extends Parameters = Parameters> {
  /** In one line. */
  readonly summary: string;
  /** The parameters that differ from their defaults. */
  readonly scope: Partial<ScopeOf<P>>;
  /** Ids of the claims one of which must fail first. */
  readonly caughtBy: readonly string[];
}

/** Obligations of the ledger that a check need not meet. */
export interface Waiver {
  /** By their names in the ledger. */
  readonly obligations: readonly string[];
  readonly reason: string;
}

/** A part of what the threads of a model could do. */
export interface Excerpt {
  /** As a report calls it, e.g. `scenario linux-guest`. */
  readonly name: string;
  /** Obligations, by their names in the ledger, without which a check of it is vacuous. */
  readonly shows: readonly string[];
}

/** Declares a model. It is the identity function; it gives `scope` its type. */
export function defineModel<P extends Parameters>(model: Model<P>): Model<P> {
  return model;
}

/** The defaults, with what the user named in their place. */
export function completeScope(parameters: Parameters, given: Partial<Scope>): Scope {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, given[name] ?? parameter.default]),
  );
}

/** Builds the system of one scope. */
export function buildSystem<P extends Parameters>(model: Model<P>, scope: ScopeOf<P>): System {
  const shared = new SharedMemory();
  const { threads, claims } = model.build(shared, scope);
  const left = model.notClaimed?.(scope) ?? {};
  const made = claims.filter(({ id }) => !Object.hasOwn(left, id));
  return {
    shared,
    threads,
    claims: made.filter((claim) => claim.kind !== 'liveness'),
    liveness: made.filter((claim) => claim.kind === 'liveness'),
  };
}

/** The claims that are not made of any of `scopes`, each with the reason. */
export function notClaimedIn(
  model: Model,
  scopes: readonly Scope[],
): Readonly<Record<string, string>> {
  return Object.assign({}, ...scopes.map((scope) => model.notClaimed?.(scope) ?? {}));
}
