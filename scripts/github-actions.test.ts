import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkLostUpdate } from '../checker/report/fixtures/check-lost-update.ts';
import { type GithubEnvironment, tellGithub } from './github-actions.ts';

const document = checkLostUpdate('racy');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'github-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function tell(environment: GithubEnvironment): string {
  const written: unknown[] = [];
  tellGithub(document, environment, { write: (text) => written.push(text) > 0 });
  return written.join('');
}

test('annotates and adds to the summary in a job of GitHub Actions', () => {
  const summary = join(folder, 'summary');
  writeFileSync(summary, 'before\n');
  expect(tell({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary })).toMatch(/^::error file=/);
  expect(readFileSync(summary, 'utf8')).toMatch(/^before\n### VIOLATED: /);
});

test('says nothing elsewhere', () => {
  const summary = join(folder, 'summary');
  expect(tell({ GITHUB_STEP_SUMMARY: summary })).toBe('');
  expect(() => readFileSync(summary)).toThrow('ENOENT');
  expect(tell({ GITHUB_ACTIONS: 'true' })).toMatch(/^::error file=/);
});

test('a summary that cannot be written is one line', () => {
  const missing = join(folder, 'no', 'summary');
  expect(() => tell({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: missing })).toThrow(
    `GITHUB_STEP_SUMMARY ${missing}: cannot be written (ENOENT); expected a path that can`,
  );
});
