/** Something that a check has to have seen before its silence means anything. */
export interface Obligation {
  readonly kind: 'step' | 'branch' | 'wait' | 'race' | 'premise';
  /** Unique within a check. */
  readonly name: string;
  /** The function that it is about, if it is about one. */
  readonly functionName?: string;
  /** What of `Coverage` meets it, any of them. */
  readonly keys: readonly string[];
}
