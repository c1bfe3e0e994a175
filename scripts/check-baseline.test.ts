import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CheckOptions, runCheck } from '../checker/check/check.ts';
import type { Model } from '../checker/language/model.ts';
import lostUpdate from '../checker/report/fixtures/lost-update.ts';
import { CheckBaseline } from './check-baseline.ts';
import type { LoadedModel } from './loaded-model.ts';

const model = lostUpdate as unknown as Model;
const loaded: LoadedModel = { file: { url: 'file:///m.ts', shownAs: 'm.ts' }, model };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baseline-'));
  file = join(folder, 'b.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

function baseline(...words: string[]): CheckBaseline {
  return new CheckBaseline(loaded, { update: true, file }, words);
}

function check(variant: string, more: Partial<CheckOptions> = {}) {
  const options: CheckOptions = { engine: 'interpreter', limits: {}, keepGoing: false, ...more };
  const scopes = [1, 2].map((threads) => ({ threads, variant }));
  return runCheck(model, scopes, options);
}

test('what was recorded has not moved, whether claims hold or fail', () => {
  for (const variant of ['racy', 'atomic']) {
    expect(baseline().compare(check(variant))?.isRecorded).toBe(variant === 'atomic');
    expect(baseline().record(check(variant))).toBe(true);
    expect(baseline().compare(check(variant))).toEqual({
      file,
      isRecorded: true,
      moved: [],
    });
  }
});

test('each difference is named: verdicts, lengths, sizes, scopes', () => {
  baseline().record(check('atomic'));
  const { scopes, ...rest } = check('atomic');
  const bigger = scopes.map((scope, i) => (i === 0 ? { ...scope, states: 4 } : scope));
  expect(baseline().compare({ ...rest, scopes: bigger })?.moved).toEqual([
    'check (threads=1 variant=atomic): states 4, transitions 2, depth 2, ' +
      'recorded: states 3, transitions 2, depth 2',
  ]);
  expect(baseline().compare({ ...rest, scopes: scopes.slice(1) })?.moved).toEqual([
    'check (threads=1 variant=atomic): is recorded, but no longer checked',
  ]);
  const racy = check('racy').scopes.map((scope) => ({
    ...scope,
    scope: { ...scope.scope, variant: 'atomic' },
  }));
  const moved = baseline().compare({ ...rest, verdict: 'VIOLATED', scopes: racy })?.moved;
  expect(moved).toContain('check (variant=atomic): kept fails after 6 steps, recorded: holds');
});

test('checks with other flags are recorded apart', () => {
  baseline('--threads', '2').record(check('racy'));
  expect(baseline('--keep-going').compare(check('racy'))?.isRecorded).toBe(false);
  baseline('--keep-going').record(check('racy', { keepGoing: true }));
  expect(baseline('--threads', '2').compare(check('racy'))?.moved).toEqual([]);
});

test('a search that a limit ended is neither recorded nor compared', () => {
  const stopped = check('atomic', { limits: { statesMax: 1 } });
  expect(baseline().record(stopped)).toBe(false);
  expect(existsSync(file)).toBe(false);
  baseline().record(check('atomic'));
  expect(baseline().compare(stopped)).toBe(null);
});
