import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pathOf } from './documented-runs.ts';
import { plantedBugs } from './planted-bug-table.ts';
import { plant } from './try-planted-bug.ts';

const PAGE = readFileSync(pathOf('docs/planted-bugs.md'), 'utf8');

it.each(plantedBugs)('the text in whose place "$name" goes stands once in $file', (bug) => {
  expect(plant(bug)).toContain(bug.replace);
});

it('the page has a row for each planted bug, in the order of the table', () => {
  const rows = [...PAGE.matchAll(/^\| (.+) \| `(.+)` \| (.+) \| \d+ \|$/gm)];
  expect(rows.map(([, name, file, lie]) => ({ name, file, lie }))).toEqual(
    plantedBugs.map(({ name, file, lie }) => ({ name, file, lie })),
  );
});
