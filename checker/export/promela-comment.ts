/** A comment of Promela on one line. Text of the model may contain what would end it too soon. */
export function comment(text: string): string {
  return `/* ${text.replaceAll('*/', '* /').replaceAll('\n', ' ')} */`;
}
