import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/add-your-version.md');

const quotes = [...page.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(
  ([, path = '', code = '']) => ({ path, code }),
);

test('docs/add-your-version.md quotes a file in every block of code', () => {
  expect(quotes).toHaveLength(page.split('```ts').length - 1);
  expect(quotes.length).toBeGreaterThan(0);
});

test.each(quotes)('docs/add-your-version.md quotes $path word for word', ({ path, code }) => {
  expect(read(path)).toContain(code);
});

test('docs/add-your-version.md names files and folders that exist', () => {
  const paths = page.match(/`(?:model|properties)\/[\w./-]+`/g) ?? [];
  expect(paths.length).toBeGreaterThan(5);
  for (const path of paths) {
    const url = new URL(`../../${path.replaceAll('`', '')}`, import.meta.url);
    expect(existsSync(url), path).toBe(true);
  }
});
