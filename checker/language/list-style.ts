/** How a report for a mailing list speaks of a model, as data. */
export interface ListStyle {
  /**
   * What people who know the subject write for an operation, an action of a trace, or a fact, by
   * the words of the trace: `acquire mmu_lock.writer` is `write_lock(mmu_lock)`.
   */
  readonly wording: Readonly<Record<string, string>>;
  /** Under which memory model a schedule is one, and why that is enough: a sentence or two. */
  readonly memoryOrder: string;
}
