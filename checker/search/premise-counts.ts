import { ASSERTIONS, DEADLOCK } from '../language/claim.ts';
import type { System } from '../language/system.ts';

/**
 * Counts, by claim, how often its premise was met. Claims are numbered, as this is done all the
 * time.
 */
export class PremiseCounts {
  private readonly ids: readonly string[];
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly counts: Float64Array;

  constructor({ claims }: System) {
    this.ids = [...claims.map(({ id }) => id), ASSERTIONS, DEADLOCK];
    this.numbers = new Map(this.ids.map((id, number) => [id, number]));
    this.counts = new Float64Array(this.ids.length);
  }

  /** The number of a claim, for `add`. */
  numberOf(claim: string): number {
    return this.numbers.get(claim) ?? this.ids.indexOf(ASSERTIONS);
  }

  add(claimNumber: number, times: number): void {
    this.counts[claimNumber]! += times;
  }

  /** By claim id. */
  toMap(): Map<string, number> {
    return new Map(this.ids.map((id, number) => [id, this.counts[number]!]));
  }
}
