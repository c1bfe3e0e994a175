/** A sentence that somebody wrote about what a model is of, and the claims that test it. */
export interface Quote {
  /** Word for word. */
  readonly text: string;
  readonly who: string;
  /** The day, as a mail would write it: `7 Aug 2025`. */
  readonly when: string;
  /** The mail or patch, e.g. `[RFC PATCH v2 14/23]`. */
  readonly where: string;
  /** Of a mail in which it can be read, without the angle brackets. */
  readonly messageId?: string;
  /** Ids of the claims that would fail if it were wrong. */
  readonly testedBy: readonly string[];
}
