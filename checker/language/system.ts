import type { Claim } from './claim.ts';
import type { LivenessClaim } from './liveness-claim.ts';
import type { Modelled } from './modelled.ts';
import type { Shared } from './shared.ts';

/** One thread: a modelled function with its arguments. It finishes when the function returns. */
export interface Thread {
  /** As in reports, e.g. `vCPU0`. */
  readonly name: string;
  /** What it is there for, e.g. `guest`. */
  readonly role: string;
  readonly program: Modelled<never, unknown>;
  readonly args: readonly unknown[];
}

/** Threads over shared memory, and what is claimed of them: what one search explores. */
export interface System {
  readonly shared: Shared;
  readonly threads: readonly Thread[];
  readonly claims: readonly Claim[];
  /** What is claimed of infinite runs: no business of a search, but of the pass behind it. */
  readonly liveness?: readonly LivenessClaim[];
}

/** Declares a thread. */
export function thread<A extends readonly unknown[]>(
  name: string,
  role: string,
  program: Modelled<A, unknown>,
  ...args: A
): Thread {
  return { name, role, program: program as unknown as Modelled<never, unknown>, args };
}
