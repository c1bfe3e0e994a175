import type { EngineOptions } from '../engine/engine.ts';
import type { Claim } from '../language/claim.ts';
import { modelled } from '../language/modelled.ts';
import type { Steps } from '../language/operation.ts';
import type { Shared } from '../language/shared.ts';
import { type System, thread } from '../language/system.ts';

/** For tests: threads t0, t1, ... that run functions f0, f1, ... without arguments. */
export function tinySystem(
  shared: Shared,
  bodies: readonly (() => Steps<unknown>)[],
  claims: readonly Claim[] = [],
): System {
  const threads = bodies.map((body, i) => thread(`t${i}`, 'worker', modelled(`f${i}`, body)));
  return { shared, threads, claims };
}

/** For tests: a search without limits that sees everything. */
export const EVERYTHING: EngineOptions = {
  limits: {},
  keepGoing: true,
  onProgress: () => 'continue',
};
