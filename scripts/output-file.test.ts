import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkWritable, writeWhole } from './output-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'output-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file is written whole, in place of the old one, and nothing is left beside it', () => {
  const path = join(folder, 'report.xml');
  checkWritable('--f', path);
  writeWhole('--f', path, 'old');
  writeWhole('--f', path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['report.xml']);
});

test('the file behind a link is written, and the link stays', () => {
  const [path, link] = [join(folder, 'real'), join(folder, 'link')];
  writeFileSync(path, 'old');
  symlinkSync(path, link);
  writeWhole('--f', link, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

test('what is no ordinary file is written as it is', () => {
  checkWritable('--f', '/dev/null');
  writeWhole('--f', '/dev/null', 'text');
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('a path that cannot be written is refused before there is anything to write', () => {
  const missing = join(folder, 'no', 'report.xml');
  expect(() => checkWritable('--f', missing)).toThrow(
    `--f ${missing}: there is no folder ${join(folder, 'no')}; expected one`,
  );
  expect(() => checkWritable('--f', folder)).toThrow(
    `--f ${folder}: is a folder; expected the path of a file`,
  );
  expect(() => checkWritable('--f', '')).toThrow('--f: no path; expected that of a file');
});

test('what goes wrong while it is written is one line, and leaves nothing', () => {
  const missing = join(folder, 'no', 'report.xml');
  expect(() => writeWhole('--f', missing, 'text')).toThrow(
    `--f ${missing}: cannot be written (ENOENT); expected a path that can`,
  );
  expect(readdirSync(folder)).toEqual([]);
});
