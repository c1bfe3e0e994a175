import { expect, test } from 'vitest';
import { parseReporters, reportWishes } from './reporter-flags.ts';

test('text is written to stdout unless something else is wanted', () => {
  expect(reportWishes(undefined, false, {})).toEqual([{ reporter: 'text' }]);
  expect(reportWishes(undefined, true, {})).toEqual([{ reporter: 'json' }]);
  expect(reportWishes(['json'], true, {})).toEqual([{ reporter: 'json' }]);
});

test('a report with a file is written whether it is listed or not', () => {
  const both = [{ reporter: 'text' }, { reporter: 'json', file: 'a.json' }];
  expect(reportWishes(undefined, false, { json: 'a.json' })).toEqual(both);
  expect(reportWishes(['json', 'text'], true, { json: 'a.json' })).toEqual(both);
  expect(reportWishes(undefined, false, { text: 'a.txt' })).toEqual([
    { reporter: 'text', file: 'a.txt' },
  ]);
});

test('two reports are neither mixed on stdout nor in one file', () => {
  expect(() => reportWishes(['text'], true, {})).toThrow(
    '--reporter: text and json would be mixed on stdout; expected --output-file.json with a path',
  );
  expect(() => reportWishes([], false, { text: 'a', json: 'a' })).toThrow(
    /^--output-file\.json a: text is written there too; expected a file for each report$/,
  );
});

test('an unknown reporter is refused', () => {
  expect(parseReporters('json,text')).toEqual(['json', 'text']);
  expect(() => parseReporters('text,xml')).toThrow(
    /^--reporter xml: expected some of text, .*json/,
  );
});
