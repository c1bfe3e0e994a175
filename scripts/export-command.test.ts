import { expect, test } from 'vitest';
import { encodeSchedule } from '../checker/check/schedule.ts';
import { completeScope } from '../checker/language/model.ts';
import lostUpdate from '../checker/report/fixtures/lost-update.ts';
import { runCommand as run } from './run-command.ts';

const COUNTER = ['--model', 'checker/report/fixtures/lost-update.ts'];
const RETRY = ['--model', 'checker/report/fixtures/retry.ts'];
const PETERSON = ['--model', 'docs/examples/peterson.ts'];

test('export prints the automata of one scope, and nothing else', async () => {
  const { status, stdout, stderr } = await run(['export', 'promela', ...PETERSON]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^\/\* peterson 1: threads 3 \*\/\n/);
  expect(stdout.match(/^active proctype .*$/gm)).toHaveLength(3);
});

test('export draws a schedule as check does, but for how it was found', async () => {
  const check = await run(['check', ...COUNTER, '--reporter', 'lkml']);
  const [, schedule = ''] = /'(lost-update@.*)'/.exec(check.stdout) ?? [];
  const exported = await run(['export', 'lkml', ...COUNTER, schedule]);
  expect([exported.status, exported.stderr]).toEqual([0, '']);
  const same = (block: string) =>
    block.replace(/^(All ways|Minimal|Found by): [\s\S]*?\n(?=\S)/gm, '');
  expect(same(exported.stdout)).toBe(same(check.stdout));
  expect(exported.stdout).toContain('Found by:      kvm-interleave');
  expect(exported.stdout).not.toContain('Minimal:');
});

test('export draws a loop', async () => {
  const check = await run(['check', ...RETRY]);
  const [, schedule = ''] = /'(retry@.*)'/.exec(check.stdout) ?? [];
  const { status, stdout } = await run(['export', 'lkml', ...RETRY, '--tabs', schedule]);
  expect(status).toBe(0);
  expect(stdout).toContain('\n\tFrom here again and again:\n');
  expect(stdout).toContain('For ever:      CPU0 takes 2 steps in each round of 2 steps\n');
});

test('export prints who contends for what', async () => {
  const { status, stdout } = await run(['export', 'contention', ...COUNTER, '--threads', '2']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^kvm-interleave .*, model lost-update 1: threads 2, variant racy\n\nRes/);
});

test('a schedule whose claim holds is no report', async () => {
  const scope = completeScope(lostUpdate.parameters, {});
  const schedule = encodeSchedule(lostUpdate, scope, 'kept', [{ thread: 0, choices: [] }]);
  const { status, stdout, stderr } = await run(['export', 'lkml', ...COUNTER, schedule]);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    'kvm-interleave: schedule is fixed: all 1 steps run, and kept holds; ' +
      'expected one that violates its claim\n',
  );
});
