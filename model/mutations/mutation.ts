import type { KernelFunctions } from '../kernel.ts';
import type { KvmScope } from '../parameters.ts';

/** The part of a scope that a mutation asks for. */
export type Needs = Partial<
  Pick<KvmScope, 'base' | 'host' | 'inject' | 'failures' | 'regions' | 'scenario' | 'utility'>
>;

/** One way of breaking the code, or of leaving it as good as it was: a row of domain.md 8.4. */
export interface Mutation {
  /** The number of the row. */
  readonly number: number;
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  /** The version that the edit is made to. */
  readonly variant: string;
  /** The functions that take the place of those of the variant. */
  readonly edit: Partial<KernelFunctions>;
  /** What a scope must have for the effect to show. */
  readonly needs: Needs;
  /** The safety claims of its row that fail; none if none can tell the edit. */
  readonly hits: readonly string[];
  /** The claims over infinite runs of its row that fail; none if absent. */
  readonly spins?: readonly string[];
}
