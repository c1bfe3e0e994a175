import { relative, sep } from 'node:path';
import { lengthOf } from '../check/claim-results.ts';
import type {
  CheckResult,
  ClaimResult,
  ClaimVerdict,
  Counterexample,
  InitialValue,
  LoopReport,
  Part,
  ScopeResult,
  Shrunk,
  TraceStep,
  Verdict,
  Why,
} from '../check/result.ts';
import type { StopReason, Walks } from '../engine/engine.ts';
import type { Lane } from '../language/lane.ts';
import type { Fairness } from '../language/liveness-claim.ts';
import type { Scope } from '../language/parameter.ts';
import type { SimulationOptions } from '../simulation/simulate.ts';
import { type Acceptable, EXIT_DIVERGED, exitCodeOf } from './exit-code.ts';
import { type ForecastEntry, forecastEntry } from './forecast-document.ts';
import {
  type CanaryEntry,
  canaryEntry,
  type LedgerDocument,
  ledgerDocument,
} from './ledger-document.ts';

/** One claim of a check, over all of its scopes. */
export interface ClaimEntry {
  readonly id: string;
  readonly kind: ClaimResult['kind'];
  /** Of a claim over infinite runs: which of them it speaks of. */
  readonly fairness: Fairness | null;
  readonly verdict: ClaimVerdict;
  readonly sentence: string;
  readonly source: string | null;
  readonly blindSpot: string | null;
  /** How often it was judged with its premise met. */
  readonly premise: number;
}

/** One scope of a check. */
export interface ScopeEntry {
  /** Which claims were judged in it, beside assertions and deadlock. */
  readonly part: Part;
  readonly scope: Scope;
  readonly verdict: Verdict;
  readonly stopped: StopReason | null;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States that differ by a renaming of these threads, by class, are counted once. */
  readonly symmetric: readonly (readonly string[])[];
  readonly stateBits: number;
  /** Where the space was walked through by chance; its states are then counted at each visit. */
  readonly walks: Walks | null;
  readonly claims: readonly Pick<ClaimEntry, 'id' | 'verdict' | 'premise'>[];
}

/** A violation of a claim, with the schedule that shows it. */
interface Entry {
  readonly claim: string;
  /** The one in which it was found. */
  readonly scope: Scope;
  readonly because: string;
  readonly why: Why;
  /** For `replay`. */
  readonly schedule: string;
  readonly replay: string;
  readonly threadSwitches: number;
  /** What was proved of its size; absent if it was not shrunk. */
  readonly shrunk?: Shrunk;
  /** The value of every variable before the first step. */
  readonly initial: readonly InitialValue[];
  /** What of the memory a timeline shows; nothing if the model does not say. */
  readonly lanes: readonly Lane[];
}

/** Of a claim over states or steps. */
export interface FiniteEntry extends Entry {
  readonly steps: readonly TraceStep[];
}

/** What became of a check since it was recorded. */
export interface BaselineEntry {
  /** The file with the record. */
  readonly file: string;
  /** Whether there is a record of this check. */
  readonly isRecorded: boolean;
  /** What is not as it was recorded: a line for each difference. */
  readonly moved: readonly string[];
}

/** Of a claim over infinite runs: the loop follows the prefix, again and again. */
export interface LassoEntry extends Entry {
  readonly prefix: readonly TraceStep[];
  readonly loop: readonly TraceStep[];
  readonly loopFacts: Omit<LoopReport, 'steps'>;
}

export type CounterexampleEntry = FiniteEntry | LassoEntry;

/** The steps of a counterexample, with one round of the loop if there is one. */
export function stepsOf(entry: CounterexampleEntry): readonly TraceStep[] {
  return 'steps' in entry ? entry.steps : [...entry.prefix, ...entry.loop];
}

/** What a check found, for machines; every other format is derived from it. */
export interface CheckDocument {
  readonly schema: { readonly name: 'check-result'; readonly version: 1 };
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** Who wrote it: name and version. */
  readonly tool: string;
  readonly model: { readonly name: string; readonly version: string };
  readonly engine: string;
  /** How the walks were made; null if the scopes were searched. */
  readonly simulation: SimulationOptions | null;
  /** BOUNDED exits with 0. */
  readonly accepts: Acceptable | null;
  /** Null if the check was not compared with a record, or was not searched to its end. */
  readonly baseline: BaselineEntry | null;
  /** The command that makes this run again, without its limits. */
  readonly command: string;
  /** There are claims over infinite runs, which were not judged. */
  readonly leavesOutLiveness: boolean;
  /** The parameters that all scopes have in common: the scope, if there is one only. */
  readonly scope: Scope;
  readonly scopes: readonly ScopeEntry[];
  /** Those that the check did not come to. */
  readonly scopesNotReached: readonly Pick<ScopeEntry, 'part' | 'scope'>[];
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly claims: readonly ClaimEntry[];
  /** How big the scope is in which a limit ended the search; null if none did. */
  readonly forecast: ForecastEntry | null;
  /** What had to be seen, and what became of it; null where the search ended early. */
  readonly ledger: LedgerDocument | null;
  /** The known mistake that had to be caught; null where there is none, or no ledger. */
  readonly canary: CanaryEntry | null;
  /** The shortest one. */
  readonly counterexample: CounterexampleEntry | null;
  /** Those of the other claims that fail, shortest first. */
  readonly furtherCounterexamples: readonly CounterexampleEntry[];
  readonly notModelled: readonly string[];
  /** Claims that are not made of what was checked, by design of it. */
  readonly notClaimed: readonly { readonly claim: string; readonly because: string }[];
  /** All that differs from run to run. */
  readonly timing: {
    readonly seconds: number;
    readonly scopes: readonly { readonly seconds: number; readonly memoryBytes: number }[];
  };
}

/** What a report says of a run beside what the run found. */
export interface ReportContext {
  /** Who writes the report: name and version. */
  readonly tool: string;
  /** All that were to be checked. */
  readonly scopes: readonly Scope[];
  /** Those for the claims over infinite runs; none if absent. */
  readonly livenessScopes?: readonly Scope[];
  /** There are claims over infinite runs, which were not judged. */
  readonly leavesOutLiveness?: boolean;
  /** Makes this run again, without its limits. */
  readonly command: string;
  /** The command that replays a schedule. */
  readonly replay: (schedule: string) => string;
  /** An absolute path; files of the model are named as they are seen from here. */
  readonly directory: string;
  readonly simulation?: SimulationOptions | undefined;
  /** A verdict short of a proof that exits with 0; none if absent. */
  readonly accepts?: Acceptable;
  readonly baseline?: BaselineEntry | null;
}

/** Derives the document from what a check found. */
export function documentOf(result: CheckResult, context: ReportContext): CheckDocument {
  const [counterexample = null, ...furtherCounterexamples] = result.claims
    .flatMap(({ counterexample: found }) => found ?? [])
    .sort((a, b) => lengthOf(a) - lengthOf(b))
    .map((found) => entryOf(found, context));
  const planned = [
    ...context.scopes.map((scope) => ({ part: 'safety' as const, scope })),
    ...(context.livenessScopes ?? []).map((scope) => ({ part: 'liveness' as const, scope })),
  ];
  return {
    schema: { name: 'check-result', version: 1 },
    verdict: result.verdict,
    exitCode: codeOf(result, context),
    tool: context.tool,
    model: { name: result.model, version: result.modelVersion },
    engine: result.engine,
    simulation: context.simulation ?? null,
    accepts: context.accepts ?? null,
    baseline: context.baseline ?? null,
    command: context.command,
    leavesOutLiveness: context.leavesOutLiveness ?? false,
    scope: commonScope(planned.map(({ scope }) => scope)),
    scopes: result.scopes.map(scopeEntryOf),
    scopesNotReached: planned.slice(result.scopes.length),
    states: result.states,
    transitions: result.transitions,
    depth: result.depth,
    claims: result.claims.map(claimEntryOf),
    forecast: result.forecast === undefined ? null : forecastEntry(result.forecast),
    ledger: result.ledger === undefined ? null : ledgerDocument(result.ledger),
    canary: result.canary === undefined ? null : canaryEntry(result.canary),
    counterexample,
    furtherCounterexamples,
    notModelled: result.notModelled,
    notClaimed: Object.entries(result.notClaimed).map(([claim, because]) => ({ claim, because })),
    timing: {
      seconds: result.scopes.reduce((sum, { seconds }) => sum + seconds, 0),
      scopes: result.scopes.map(({ seconds, memoryBytes }) => ({ seconds, memoryBytes })),
    },
  };
}

/**
 * With a record of the check: whether it is as recorded, and not whether it is good. That something
 * was not exercised is no part of a record, so it fails all the same.
 */
function codeOf({ verdict }: CheckResult, { baseline, accepts }: ReportContext): number {
  if (baseline?.isRecorded && baseline.moved.length > 0) return EXIT_DIVERGED;
  if (baseline?.isRecorded && verdict !== 'VACUOUS') return 0;
  return exitCodeOf(verdict, accepts ?? null);
}

/** The parameters that have the same value in all `scopes`. */
export function commonScope(scopes: readonly Scope[]): Scope {
  const [first = {}, ...others] = scopes;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) =>
      others.every((other) => String(other[name]) === String(value)),
    ),
  );
}

/** A counterexample as documents have it. */
export function entryOf(
  found: Counterexample,
  context: Pick<ReportContext, 'replay' | 'directory'>,
): CounterexampleEntry {
  const { claim, scope, because, why, schedule, threadSwitches, initial, lanes, loop } = found;
  const entry = {
    claim,
    scope,
    because,
    why,
    schedule,
    replay: context.replay(schedule),
    threadSwitches,
    ...(found.shrunk === undefined ? {} : { shrunk: found.shrunk }),
    initial,
    lanes,
  };
  const steps = seenFrom(context.directory, found.steps);
  if (loop === undefined) return { ...entry, steps };
  const { steps: round, ...loopFacts } = loop;
  return { ...entry, prefix: steps, loop: seenFrom(context.directory, round), loopFacts };
}

/** The same steps, with the files of the model named as they are seen from `directory`. */
export function seenFrom(directory: string, steps: readonly TraceStep[]): readonly TraceStep[] {
  return steps.map((step) => ({
    ...step,
    operations: step.operations.map(({ site, ...operation }) => {
      if (site === undefined) return operation;
      const file = relative(directory, site.file).split(sep).join('/');
      return { ...operation, site: { file, line: site.line } };
    }),
  }));
}

function scopeEntryOf(scope: ScopeResult): ScopeEntry {
  return {
    part: scope.part,
    scope: scope.scope,
    verdict: scope.verdict,
    stopped: scope.stopped ?? null,
    states: scope.states,
    transitions: scope.transitions,
    depth: scope.depth,
    symmetric: scope.symmetric ?? [],
    stateBits: scope.stateBits,
    walks: scope.walks ?? null,
    claims: scope.claims.map(({ id, verdict, premise }) => ({ id, verdict, premise })),
  };
}

function claimEntryOf(claim: ClaimResult): ClaimEntry {
  return {
    id: claim.id,
    kind: claim.kind,
    fairness: claim.fairness ?? null,
    verdict: claim.verdict,
    sentence: claim.sentence,
    source: claim.source ?? null,
    blindSpot: claim.blindSpot ?? null,
    premise: claim.premise,
  };
}
