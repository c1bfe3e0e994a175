/** The user asked for something impossible: what, where and what was expected, in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
