import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as language from '../../checker/index.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/language.md');

describe('docs/language.md', () => {
  const quotes = [...page.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(
    ([, path = '', code = '']) => ({ path, code, firstLine: code.split('\n')[0]!.trim() }),
  );

  test('quotes an example in every block of code', () => {
    expect(quotes).toHaveLength(page.split('```ts').length - 1);
    expect(quotes.length).toBeGreaterThan(0);
  });

  test.each(quotes)('quotes $path word for word at "$firstLine"', ({ path, code }) => {
    expect(read(path)).toContain(code);
  });

  test('mentions every word of the language', () => {
    const words = Object.keys(language).filter((name) => !page.includes(name));
    expect(words).toEqual([]);
  });
});
