import type { System } from '../language/system.ts';
import type { Scalar } from '../language/value.ts';
import type { Variable } from '../language/variable.ts';

/** A step claim on one variable, tabulated. */
export interface Watch {
  readonly claim: string;
  readonly variable: Variable<Scalar>;
  /** `allowed[before][after]`, by value index. */
  readonly allowed: readonly (readonly boolean[])[];
}

/** The step claims of a system, one entry for each variable that a claim speaks of. */
export function watchesOf({ claims }: System): readonly Watch[] {
  return claims.flatMap((claim) =>
    claim.kind !== 'step'
      ? []
      : claim.variables.map((variable) => ({
          claim: claim.id,
          variable,
          allowed: variable.domain.map((before) =>
            variable.domain.map((after) => claim.allows(before, after)),
          ),
        })),
  );
}
