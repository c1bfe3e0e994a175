import { expect, test } from 'vitest';
import { runCommand } from './run-command.ts';

const COUNTER = ['--model', 'checker/report/fixtures/lost-update.ts'];

test('two versions differ in a claim, drawn as check does, with what becomes of it', async () => {
  const { status, stdout } = await runCommand(['diff', ...COUNTER, 'racy', 'atomic']);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^diff lost-update: racy, atomic; npm run diff -- --model \S+ racy atomic\n\nkept: racy /,
  );
  expect(stdout).toContain(
    '\nkept: racy VIOLATED after 6 steps, atomic HOLDS\n\nracy:\nkept fails: 6 steps, ',
  );
  const [, schedule = ''] = /^Reproduce: +npm run replay -- .* '(.*)'$/m.exec(stdout) ?? [];
  const replayed = await runCommand(['replay', ...COUNTER, schedule]);
  expect(replayed.status).toBe(1);
  expect(stdout).toMatch(/\natomic: diverged at step 4: expected .*\n$/);
});

test('the order of the versions does not change what is drawn', async () => {
  const { stdout } = await runCommand(['diff', ...COUNTER, 'atomic', 'racy']);
  expect(stdout).toMatch(/\nkept: atomic HOLDS, racy VIOLATED after 6 steps\n\nracy:\n/);
  expect(stdout).toMatch(/\natomic: diverged at step 4: /);
});

test('a version does not differ from itself', async () => {
  const { status, stdout } = await runCommand(['diff', ...COUNTER, 'racy', 'racy']);
  expect([status, stdout.split('\n').slice(2)]).toEqual([0, ['No claim differs.', '']]);
});

test('a version that is none is answered with exit code 2 and one line', async () => {
  const { status, stderr } = await runCommand(['diff', ...COUNTER, 'racy', 'atomik']);
  expect(stderr).toBe('kvm-interleave: version atomik: expected one of racy, atomic\n');
  expect(status).toBe(2);
});
