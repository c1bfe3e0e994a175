import { expect, test } from 'vitest';
import { withResults } from './page.ts';

const page = (results: string) =>
  `before\n<!-- bench -->\n${results}\n<!-- end of bench -->\nafter\n`;
const table = (title: string, cell: string) => `### ${title}\n\n| ${cell} |\n`;
const OLD = page(`\nold notes\n\n${table('one', '1')}\n${table('two', '2')}`);

test('all tables are replaced if all were measured', () => {
  const results = { notes: 'new notes', tables: [table('one', '3')], isPart: false };
  expect(withResults(OLD, results)).toBe(page(`\nnew notes\n\n${table('one', '3')}`));
});

test('a part replaces its own tables, and says below the title how it was measured', () => {
  const results = { notes: 'new notes', tables: [table('two', '4'), table('three', '5')] };
  const [two, three] = ['two', 'three'].map((title, i) => {
    return `### ${title}\n\nnew notes\n\n| ${4 + i} |\n`;
  });
  expect(withResults(OLD, { ...results, isPart: true })).toBe(
    page(`\nold notes\n\n${table('one', '1')}\n${two}\n${three}`),
  );
});

test('a page without a place for them is left alone', () => {
  expect(withResults('nothing', { notes: '', tables: [], isPart: false })).toBeUndefined();
});
