/** One row of a timeline: what a part of the memory is, step by step. */
export interface Lane {
  /** E.g. `gfn 0`. */
  readonly name: string;
  /**
   * Looked at in order: the first that has a word for the value of its variable says what is shown.
   * Without `as` every value is its own word. Nothing is shown where none has a word.
   */
  readonly shows: readonly {
    /** Its name as declared. */
    readonly variable: string;
    readonly as?: Readonly<Record<string, string>>;
  }[];
}
