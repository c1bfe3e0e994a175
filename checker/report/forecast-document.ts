import type { Estimate } from '../forecast/extrapolate.ts';
import type { Forecast } from '../forecast/forecast.ts';
import type { Multiplier } from '../forecast/multipliers.ts';
import type { Scope } from '../language/parameter.ts';

/** What smaller scopes say of one; for the meaning see `Forecast`. */
export interface ForecastEntry {
  readonly scope: Scope;
  readonly states: Estimate | null;
  readonly wrongBy: number | null;
  readonly smaller: readonly { readonly flag: string; readonly states: Estimate | null }[];
  readonly searched: Forecast['searched'];
  readonly symmetry: NonNullable<Forecast['symmetry']> | null;
  readonly multipliers: {
    readonly scope: Scope;
    readonly states: number;
    readonly by: readonly Multiplier[];
  } | null;
}

/** What `check --forecast --json` prints. */
export interface ForecastDocument {
  readonly schema: { readonly name: 'forecast'; readonly version: 1 };
  readonly tool: string;
  readonly model: { readonly name: string; readonly version: string };
  readonly command: string;
  readonly forecasts: readonly ForecastEntry[];
}

export function forecastEntry(found: Forecast): ForecastEntry {
  return {
    scope: found.scope,
    states: found.states ?? null,
    wrongBy: found.wrongBy ?? null,
    smaller: found.smaller.map(({ flag, states }) => ({ flag, states: states ?? null })),
    searched: found.searched,
    symmetry: found.symmetry ?? null,
    multipliers: found.multipliers ?? null,
  };
}
