import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { encodeSchedule } from '../checker/check/schedule.ts';
import lostUpdate from '../checker/report/fixtures/lost-update.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COUNTER = ['--model', 'checker/report/fixtures/lost-update.ts'];
const SCOPE = { threads: 2, variant: 'racy' };
const a = { thread: 0, choices: [] };
const b = { thread: 1, choices: [] };

test('a run that breaks nothing is shown as it is', () => {
  const schedule = encodeSchedule(lostUpdate, SCOPE, 'kept', [a, a, b]);
  expect(show([schedule])).toEqual({
    status: 0,
    stderr: '',
    stdout: `show lost-update: the run of a schedule

kept: 3 steps; threads 2, variant racy

  CPU0                                CPU1
  (adds one)                          (adds one)
  ----------                          ----------
  worker()
    increment()
      L1: read counter  // 0
      L2: write counter = 1  // was 0
                                      worker()
                                        increment()
                                          L1: read counter  // 1

No claim is broken.
`,
  });
});

test('a step that breaks a claim is named', () => {
  const schedule = encodeSchedule(lostUpdate, SCOPE, 'kept', [a, b, a, a, b, b]);
  expect(show([schedule]).stdout).toContain('Step 6 breaks kept: fails for counter');
});

test('a schedule that is impossible is an error, in one line', () => {
  const schedule = encodeSchedule(lostUpdate, SCOPE, 'kept', [a, a, a, a]);
  expect(show([schedule])).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'kvm-interleave: step 4 of the schedule is impossible for thread 0; expected one of this ' +
      'model (replay says more)\n',
  });
});

test('without a schedule the most contended random runs are shown, for one seed the same', () => {
  const folder = mkdtempSync(join(tmpdir(), 'show-'));
  const path = join(folder, 'run.html');
  const flags = ['--threads', '2', '--seed', 'b', '--runs', '2'];
  const text = show(flags);
  expect(text.stdout).toMatch(/^run 1 \(\d+ meetings\): \d+ steps; threads 2, variant racy$/m);
  expect(show(flags)).toEqual(text);
  expect(show([...flags, '--output-file.html', path])).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
  expect(readFileSync(path, 'utf8')).toMatch(/^<!doctype html>/);
  rmSync(folder, { recursive: true });
});

function show(args: readonly string[]) {
  const command = ['scripts/kvm-interleave.mjs', 'show', ...args, ...COUNTER];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
