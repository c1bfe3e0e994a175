import type { Scope } from './parameter.ts';

/** One row of a table of `matrix`: a check of which it is known what should be found. */
export interface MatrixRow<S = Scope> {
  /** As the table shows it; every row of a table has another. */
  readonly name: string;
  /** One line that says what the row is. */
  readonly summary: string;
  /** The parameters that make the row what it is. */
  readonly given: Partial<S>;
  /** What else names the smallest scope in which the expected shows. */
  readonly smallest: Partial<S>;
  /** Ids of the claims of which one at least has to fail; none if every claim has to hold. */
  readonly fails: readonly string[];
}

/** The tables that a model offers to `matrix`. */
export interface MatrixRows<S = Scope> {
  /** Versions of the code. */
  readonly versions?: readonly MatrixRow<S>[];
  /** Mistakes made on purpose, and changes that should make no difference. */
  readonly mutations?: readonly MatrixRow<S>[];
}
