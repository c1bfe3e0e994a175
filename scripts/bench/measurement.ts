/** What one run of one contestant measured. */
export interface Measurement {
  readonly states: number;
  /** Steps; checkers that count the initial state too have one less here than they print. */
  readonly transitions: number;
  readonly seconds: number;
  /** Peak resident size of the whole process; absent if nothing measures it. */
  readonly peakBytes?: number;
  /** What the program says it allocated. */
  readonly ownBytes?: number;
  /** The size of a state as the program stores or hashes it. */
  readonly state: string;
}

/**
 * How what is counted relates to all states of the model. `stepped` is all states, with steps that
 * the checker adds to judge its claims; `product` is states together with those of a claim.
 */
export type Space = 'all' | 'product' | 'stepped' | 'reduced' | 'symmetric';

/** Who searches a workload, made ready. */
export interface Contestant {
  readonly name: string;
  readonly space: Space;
  /** An uncounted run before the rounds is of use. */
  readonly needsFirstRun: boolean;
  readonly run: () => Promise<Measurement>;
}
