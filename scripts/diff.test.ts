import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import diffSchema from '../checker/matrix/diff.schema.json' with { type: 'json' };
import type { DiffDocument } from '../checker/matrix/diff-document.ts';
import matrixSchema from '../checker/matrix/matrix.schema.json' with { type: 'json' };
import checkSchema from '../checker/report/check-result.schema.json' with { type: 'json' };
import { runCommand } from './run-command.ts';

const COUNTER = ['--model', 'checker/report/fixtures/lost-update.ts'];
const RETRY = ['--model', 'checker/report/fixtures/retry.ts'];

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

test('two versions differ in a loop of one, which the other leaves', async () => {
  const { stdout } = await runCommand(['diff', ...RETRY, 'serves', 'forgets']);
  expect(stdout).toContain(
    '\nends: serves HOLDS, forgets VIOLATED in a loop, 3+2 steps\n\nforgets:\nends fails: ',
  );
  expect(stdout).toContain('\n  and from here for ever:\n');
  expect(stdout).toMatch(/\nserves: fixed: all 5 steps run, and ends holds\n$/);
});

test('claims over infinite runs can be left out, which the headline says', async () => {
  const { stdout } = await runCommand(['diff', ...RETRY, 'serves', 'forgets', '--no-liveness']);
  expect(stdout).toMatch(/^diff retry: serves, forgets; no liveness; .* --no-liveness\n\n/);
  expect(stdout).toContain('\nNo claim differs.\n');
});

describe('as JSON', () => {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true })
    .addSchema(matrixSchema, 'matrix.schema.json')
    .addSchema(checkSchema, 'check-result.schema.json')
    .compile(diffSchema);

  test.each([
    [COUNTER, 'racy', 'atomic', [6, null], 'diverged'],
    [RETRY, 'forgets', 'serves', [3, 2], 'fixed'],
  ] as const)('one document that its schema accepts: %j', async (...[model, a, b, ...found]) => {
    const { status, stdout } = await runCommand(['diff', ...model, a, b, '--json']);
    const document = JSON.parse(stdout) as DiffDocument;
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
    expect(status).toBe(0);
    const [difference] = document.differences;
    const { before, after, exhibit } = difference!;
    expect([[before?.steps, before?.loop], exhibit?.elsewhere.replay?.result]).toEqual(found);
    expect([after?.verdict, exhibit?.row, exhibit?.elsewhere.row]).toEqual(['HOLDS', a, b]);
    expect(exhibit?.check.counterexample?.schedule).toBe(before?.schedule);
    expect(validate({ ...document, differences: [{ ...difference, exhibit: {} }] })).toBe(false);
  });
});

test('a version that is none is answered with exit code 2 and one line', async () => {
  const { status, stderr } = await runCommand(['diff', ...COUNTER, 'racy', 'atomik']);
  expect(stderr).toBe('kvm-interleave: version atomik: expected one of racy, atomic\n');
  expect(status).toBe(2);
});
