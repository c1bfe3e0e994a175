/**
 * Reads what TLC prints last. It counts the initial state among those that it generated.
 *
 * @throws Error if it did not search everything
 */
export function tlcCounts(output: string): {
  readonly states: number;
  readonly transitions: number;
} {
  const line = /^([\d,]+) states generated, ([\d,]+) distinct states found, 0 states left/m;
  const [, generated, distinct] = line.exec(output) ?? [];
  if (generated === undefined || distinct === undefined) {
    throw new Error('TLC did not search everything');
  }
  const number = (digits: string) => Number(digits.replaceAll(',', ''));
  return { states: number(distinct), transitions: number(generated) - 1 };
}
