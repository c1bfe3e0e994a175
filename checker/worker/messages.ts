import type { CheckOptions, CheckProgress } from './stub-check.ts';
import type { CheckResult } from '../check/result.ts';
import type { Move } from '../engine/engine.ts';
import type { Replay } from '../generators/replay.ts';
import type { Scope } from '../language/parameter.ts';
import type { ModelFile } from './import-model.ts';

/** What a worker is started for. */
export type WorkerRequest =
  | {
      readonly kind: 'check';
      readonly model: ModelFile;
      readonly scopes: readonly Scope[];
      readonly options: CheckOptions;
    }
  | {
      readonly kind: 'replay';
      readonly model: ModelFile;
      readonly scope: Scope;
      readonly claim: string;
      readonly moves: readonly Move[];
    };

/** What a worker says: progress any number of times, and then one answer. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: CheckProgress }
  | WorkerAnswer;

/** How the work ended. */
export type WorkerAnswer =
  | { readonly kind: 'checked'; readonly result: CheckResult }
  | { readonly kind: 'replayed'; readonly replay: Replay }
  /** The model broke its contract, or we have a bug: one line that says where. */
  | { readonly kind: 'fault'; readonly fault: 'model' | 'internal'; readonly message: string }
  /** The worker is gone, and with it all but the last progress. */
  | {
      readonly kind: 'lost';
      readonly reason: 'memory' | 'interrupt';
      readonly last: CheckProgress | undefined;
    };

/** What a worker is given when it starts. */
export interface WorkerData {
  readonly request: WorkerRequest;
  /** The buffer of a `Control`. */
  readonly control: SharedArrayBuffer;
}
