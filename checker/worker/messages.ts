import type { CheckOptions, CheckProgress } from '../check/check.ts';
import type { CheckResult, ScopeResult } from '../check/result.ts';
import type { Schedule } from '../check/schedule.ts';
import type { CrewEnds } from '../engine/engine.ts';
import type { Replay } from '../generators/replay.ts';
import type { Scope } from '../language/parameter.ts';
import type { ModelFile } from './import-model.ts';

/** What a worker is started for. */
export type WorkerRequest =
  | {
      readonly kind: 'check';
      readonly model: ModelFile;
      readonly scopes: readonly Scope[];
      readonly options: Omit<CheckOptions, 'crew'>;
      /** Where a limit ends the search, to say how big the scope is. */
      readonly forecasts?: boolean;
    }
  | {
      readonly kind: 'replay';
      readonly model: ModelFile;
      readonly schedules: readonly Omit<Schedule, 'foundIn'>[];
    };

/** What a worker says: how far it is, any number of times, and then one answer. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: CheckProgress }
  | { readonly kind: 'scope'; readonly result: ScopeResult }
  /** There is no memory left to say more. */
  | { readonly kind: 'out of memory' }
  | Exclude<WorkerAnswer, { kind: 'lost' }>;

/** How the work ended. */
export type WorkerAnswer =
  | { readonly kind: 'checked'; readonly result: CheckResult }
  /** One for each schedule, in the same order. */
  | { readonly kind: 'replayed'; readonly replays: readonly Replay[] }
  /** The model broke its contract, or we have a bug: one line that says where. */
  | { readonly kind: 'fault'; readonly fault: 'model' | 'internal'; readonly message: string }
  /** The worker is gone: what is left is the last progress and the scopes that had ended. */
  | {
      readonly kind: 'lost';
      readonly reason: 'memory' | 'interrupt';
      readonly last: CheckProgress | undefined;
      readonly finished: readonly ScopeResult[];
    };

/** What a worker is given when it starts. */
export interface WorkerData {
  readonly request: WorkerRequest;
  /** The buffer of a `Control`. */
  readonly control: SharedArrayBuffer;
  /** Threads that help with a check. */
  readonly crew?: CrewEnds;
}
