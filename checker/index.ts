/** The language of models. A model file imports everything from here. */

/** Checking a model from a program, e.g. from a test. */
export { type CheckOptions, checkLiveness, checkScope, runCheck } from './check/check.ts';
export { inspect } from './check/inspect.ts';
export type { CheckResult, ClaimResult, Counterexample, ScopeResult } from './check/result.ts';
export { assert } from './language/assert.ts';
export { atomic } from './language/atomic.ts';
export { branch } from './language/branch.ts';
export { choose } from './language/choose.ts';
export {
  assertionClaim,
  type Claim,
  type ClaimText,
  invariant,
  type Judgement,
  onReturn,
  stepClaim,
  whileInside,
} from './language/claim.ts';
export { type Condition, every, holds, some, waitUntil } from './language/condition.ts';
export { fill } from './language/fill.ts';
export type { Lane } from './language/lane.ts';
export type { ListStyle } from './language/list-style.ts';
export {
  type Fairness,
  type LivenessClaim,
  type LivenessText,
  leadsTo,
  leaves,
  noCycle,
} from './language/liveness-claim.ts';
export { dropped, type LockSide, type Mutex, type RwLock } from './language/lock.ts';
export { done, loop, next } from './language/loop.ts';
export type { MatrixRow, MatrixRows } from './language/matrix-row.ts';
export {
  buildSystem,
  type Canary,
  completeScope,
  defineModel,
  type Excerpt,
  type Explained,
  type Model,
  type Waiver,
} from './language/model.ts';
export { type Modelled, modelled } from './language/modelled.ts';
export type { Operation, Steps } from './language/operation.ts';
export { integer, ParameterError, type ScopeOf, word, words } from './language/parameter.ts';
export { during, inside } from './language/position.ts';
export type {
  PictureCell,
  PictureNode,
  Presentation,
  Tone,
} from './language/presentation.ts';
export type { Quote } from './language/quote.ts';
export type { Shared, SharedArray } from './language/shared.ts';
export type { OperationKind, Shrinking } from './language/shrinking.ts';
export type { System } from './language/system.ts';
export { type Thread, thread } from './language/system.ts';
export type { Plain } from './language/value.ts';
export type { Variable } from './language/variable.ts';
