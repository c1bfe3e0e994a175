/**
 * Breaks text between words into lines of at most `width` columns. Lines after the first begin with
 * `hanging` spaces. A word is never broken, so a longer one makes a longer line.
 */
export function wrap(text: string, width: number, hanging = 0): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(hanging) + word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** What is never broken: words, and what is equal to something together with its sign. */
export function wordsOf(text: string): string[] {
  return text.split(/(?<!=) /);
}

/** `title: text`, wrapped, with the text of all lines beginning in column `column`. */
export function field(title: string, text: string, column: number, width: number): string[] {
  const [first = '', ...rest] = wrap(text, width - column);
  const head = `${title}: `.padEnd(column);
  return [head + first, ...rest.map((line) => ' '.repeat(column) + line)];
}
