import type { Plain } from './value.ts';

/** Operations of one kind, of which a smaller schedule has fewer. */
export interface OperationKind {
  /** In the plural, e.g. `guest operations`. */
  readonly name: string;
  /** Whether it is one of them that a thread begins to do when it picks `option` of a choice. */
  readonly begins: (option: Plain) => boolean;
  /** Names of whole numbers: each one by which a step lowers one of them counts as well. */
  readonly spends: readonly string[];
}

/**
 * What makes a counterexample smaller, dearest first: threads, then operations by kind, then the
 * parameters of the scope, then thread switches, then steps.
 */
export interface Shrinking {
  /** The parameter that says how many threads there are, and what they are in the plural. */
  readonly threads: { readonly parameter: string; readonly name: string };
  readonly operations: readonly OperationKind[];
  /**
   * Parameters that bound the operations, dearest first: for loops, in which operations are not
   * counted. Values are compared like those of `parameters`.
   */
  readonly bounds: readonly string[];
  /** Numbers, which are simpler if smaller, and lists of words, which are if shorter. */
  readonly parameters: readonly string[];
}
