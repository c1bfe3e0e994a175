import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import model from '../properties/index.ts';
import { type ReferenceRow, reference_rows } from '../properties/reference-rows.ts';
import { reference_versions } from '../properties/reference-versions.ts';
import { BOARD_PAGE, boardOf, foundIn, judge } from './board-page.ts';
import { parseCommandLine } from './command-line.ts';
import { pathOf } from './documented-runs.ts';
import { loadModel } from './loaded-model.ts';

const loaded = await loadModel(undefined);
const page = boardOf(loaded);

test('the page of the board is what `npm run docs` would write now', () => {
  expect(readFileSync(pathOf(BOARD_PAGE), 'utf8')).toBe(page);
});

test('every mutation and version is one of the reference, which names each once', () => {
  const numbers = reference_rows.map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  const built = model.matrix!.mutations!.map(({ name }) => Number.parseInt(name, 10));
  const missing = reference_rows.filter((row) => row.missing !== undefined);
  const known = new Set([...built, ...missing.map(({ number }) => number)]);
  expect([...known].sort((a, b) => a - b)).toEqual(numbers);
  expect(reference_versions.map(({ name }) => name)).toEqual(
    model.matrix!.versions!.map(({ name }) => name),
  );
});

test('what is found otherwise than the reference says has a remark and a command', () => {
  const lines = page.split('\n').filter((line) => line.includes('| otherwise |'));
  for (const line of lines) {
    const row = reference_rows.find(({ number }) => line.startsWith(`| ${number} `));
    expect(row).toMatchObject({ remark: expect.any(String), shownBy: expect.any(String) });
  }
});

test('every command of a remark can be typed', () => {
  const { model } = loaded;
  const around = { model, version: packageJson.version, memoryBytesMax: 2 ** 30, cores: 1 };
  for (const { shownBy } of [...reference_rows, ...reference_versions]) {
    if (shownBy === undefined) continue;
    expect(parseCommandLine(shownBy.split(' '), around)).toMatchObject({ command: 'check' });
  }
});

test('of two lengths the one with less in all is shown', () => {
  const scopes = [{ fails: { P1: 5, L1: [9, 7] as [number, number] } }, { fails: { P1: 4 } }];
  const more = { fails: { L1: [10, 5] as [number, number] } };
  expect([...foundIn([...scopes, more])]).toEqual([
    ['P1', '4'],
    ['L1', '10+5'],
  ]);
});

const row = (flag: ReferenceRow['flag'], hits: readonly string[], spares?: readonly string[]) => ({
  number: 1,
  flag,
  hits,
  ...(spares === undefined ? {} : { spares }),
});

test.each([
  ['as it says', row('YES', ['P1', 'P4']), ['P4', 'P2']],
  ['as it says', row('COND', ['P9']), ['P9-leaf']],
  ['otherwise', row('YES', ['P1']), ['P2']],
  ['otherwise', row('YES', ['P1']), []],
  ['otherwise', row('YES', ['P1'], ['L1']), ['P1', 'L1']],
  ['as it says', row('NO', []), []],
  ['as it says', row('NO', ['U2']), ['U2']],
  ['as it says', row('NO', ['T5']), ['T5']],
  ['otherwise', row('NO', ['U2']), ['U2', 'P1']],
] as const)('%s: %j where %j fail', (judgement, reference, ids) => {
  expect(judge(reference, new Map(ids.map((id) => [id, '1'])))).toBe(judgement);
  expect(judge(reference, undefined)).toBe('not built');
});
