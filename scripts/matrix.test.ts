import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import schema from '../checker/matrix/matrix.schema.json' with { type: 'json' };
import type { MatrixDocument } from '../checker/matrix/matrix-document.ts';
import { runCommand } from './run-command.ts';

const FIXTURE = fileURLToPath(
  new URL('../checker/report/fixtures/lost-update.ts', import.meta.url),
);
const RETRY = fileURLToPath(new URL('../checker/report/fixtures/retry.ts', import.meta.url));
const LANGUAGE = new URL('../checker/index.ts', import.meta.url).href;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matrix-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of the fixture, changed by replacements, in a folder of its own. */
function modelFile(...changes: readonly (readonly [string, string])[]): string {
  let text = readFileSync(FIXTURE, 'utf8').replace('../../index.ts', LANGUAGE);
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const path = join(mkdtempSync(join(folder, 'model-')), 'lost-update.ts');
  writeFileSync(path, text);
  return path;
}

const matrix = (path: string, ...flags: readonly string[]) =>
  runCommand(['matrix', '--model', path, ...flags]);

// If the new numbers are right: `npm run matrix -- --small --update-baseline`, the same with
// `--mutations`, and read the difference.
test.each([[[]], [['--mutations']]])(
  'the smallest scopes of all rows are as recorded, and every row as expected: %j',
  async (flags) => {
    const { status, stdout } = await runCommand(['matrix', '--small', '--json', ...flags]);
    const document = JSON.parse(stdout) as MatrixDocument;
    expect(document.baseline?.moved).toEqual([]);
    expect(document.rows.filter(({ asExpected }) => asExpected !== true)).toEqual([]);
    expect([status, document.verdict]).toEqual([0, 'RECORDED']);
  },
  600_000,
);

describe('a table', () => {
  test('that was never recorded exits with 1 if a claim fails, and names the command', async () => {
    const { status, stdout } = await matrix(FIXTURE);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^matrix lost-update: versions, 2 rows, 4 claims; npm run matrix -- /);
    expect(stdout).toMatch(/\nracy +6 +\d+ +kept +yes\n/);
    expect(stdout).toMatch(/\nVIOLATED: .*; no baseline\n$/);
  });

  test('is as recorded until something moves, and again once that is recorded', async () => {
    const path = modelFile();
    const recorded = await matrix(path, '--update-baseline');
    expect(recorded).toMatchObject({ status: 0, stderr: expect.stringContaining('recorded in ') });
    expect(await matrix(path)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\nRECORDED in .*lost-update\.baseline\.json: /),
    });

    // The lost update is found no more.
    const fixed = modelFile(["=== 'atomic'", "!== 'none'"]);
    const before = join(path, '..', 'lost-update.baseline.json');
    const baseline = join(fixed, '..', 'lost-update.baseline.json');
    copyFileSync(before, baseline);
    const moved = await matrix(fixed);
    expect(moved.status).toBe(5);
    expect(moved.stdout).toMatch(
      /\n {2}racy: no claim fails any more, recorded are failures of kept\n/,
    );
    expect(moved.stdout).toMatch(/\n {2}racy \(defaults\): kept holds, recorded: fails after 6/);
    expect(moved.stdout).toMatch(/\nracy .* NO\n/);
    expect(moved.stdout).toMatch(/\nDIVERGED from the baseline in 4 points: /);
    expect(readFileSync(baseline)).toEqual(readFileSync(before));

    const again = await matrix(fixed, '--update-baseline');
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('\nDIVERGED from the baseline in 4 points: ');
    expect((await matrix(fixed)).status).toBe(0);
  });

  test('of which a row cannot run has the others, is not recorded, and exits with 2', async () => {
    const path = modelFile([
      'const memory: Memory = {',
      "if (variant === 'racy') throw new Error('no bricks'); const memory: Memory = {",
    ]);
    const { status, stdout, stderr } = await matrix(path, '--update-baseline');
    expect(status).toBe(2);
    expect(stdout).toMatch(/\nracy +kept +FAILED\natomic +\d+ +none +yes\n/);
    expect(stdout).toMatch(/\nracy: FAILED: .*\.ts: build\(\) throws Error: no bricks\n/);
    expect(stdout).toMatch(/\nFAILED in 1 of 2 rows: rows 1\/2 decided, 1 as expected; /);
    expect(stderr).toContain('not recorded: ');
  });

  test('that is interrupted has what was found so far, and exits with 130', async () => {
    let isAsked = false;
    const { status, stdout } = await runCommand(['matrix', '--mutations'], (command) => {
      if (isAsked) return;
      isAsked = true;
      setTimeout(() => command.kill('SIGINT'), 3_000);
    });
    expect(status).toBe(130);
    expect(stdout).toMatch(/\n43 no-stale-check +P9 +not reached\n/);
    expect(stdout).toMatch(/\nINTERRUPTED: .*\n$/);
  }, 30_000);

  test('keeps all its searches together below the limit on memory', async () => {
    const flags = ['--small', '--vcpus', '3', '--max-memory', '16M', '--workers', '2', '--json'];
    const { status, stdout } = await runCommand(['matrix', ...flags]);
    const { verdict, rows } = JSON.parse(stdout) as MatrixDocument;
    expect([status, verdict]).toEqual([3, 'STOPPED']);
    expect(rows[0]).toMatchObject({ verdict: 'STOPPED', asExpected: null });
  }, 60_000);

  test('judges claims over infinite runs, or says that it left them out', async () => {
    const { stdout } = await matrix(RETRY);
    expect(stdout).toMatch(/\nforgets +3\+2 +\d+ +ends +yes\nserves +\. +\d+ +none +yes\n/);
    const without = await matrix(RETRY, '--no-liveness');
    expect(without.stdout).toMatch(/^matrix retry: .*; no liveness; npm run matrix -- /);
    expect(without.stdout).toMatch(/\nforgets +\d+ +ends +not judged\n/);
    expect(without.stdout).toContain(' Claims over infinite runs were left out.\n');
  });

  test('has the same bytes for any number of workers', async () => {
    const tables = await Promise.all(
      ['1', '3'].map((workers) => matrix(FIXTURE, '--workers', workers)),
    );
    expect(tables[0]!.stdout).toBe(tables[1]!.stdout);
  });

  test('as JSON is one document that its schema accepts', async () => {
    const { stdout } = await matrix(FIXTURE, '--json', '--small');
    const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
    const document = JSON.parse(stdout) as MatrixDocument;
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
    expect(document.rows.map(({ scopes }) => scopes.map(({ scope }) => scope))).toEqual([
      [1, 2].map((threads) => ({ threads, variant: 'racy' })),
      [1, 2].map((threads) => ({ threads, variant: 'atomic' })),
    ]);
  });
});

test.each<[string, () => readonly string[], RegExp]>([
  [
    'a table that the model does not have',
    () => ['--model', FIXTURE, '--mutations'],
    /.*lost-update\.ts: names no mutations; expected matrix\.mutations in its defineModel\(\)/,
  ],
  [
    'a flag that the rows set',
    () => ['--model', FIXTURE, '--variant', 'racy'],
    /--variant: the rows of the table of versions set it; expected another flag/,
  ],
  [
    'two rows of one name',
    () => [
      '--model',
      modelFile(["name: 'atomic',\n        summary", "name: 'racy',\n        summary"]),
    ],
    /.*lost-update\.ts: matrix\.versions has two rows called racy/,
  ],
  [
    'rows that are none',
    () => ['--model', modelFile(["fails: ['kept']", "fails: 'kept'"])],
    /.*default export, matrix\.versions\.0\.fails: expected Array, received "kept"/,
  ],
  [
    'a baseline that is none',
    () => {
      const path = modelFile();
      writeFileSync(join(path, '..', 'lost-update.baseline.json'), '{}');
      return ['--model', path];
    },
    /.*lost-update\.baseline\.json: schema: expected .*, received undefined/,
  ],
  [
    'a baseline that cannot be written',
    () => ['--model', FIXTURE, '--update-baseline', '--baseline', join(folder, 'no', 'such')],
    /.*no.such: cannot be written \(ENOENT\); expected --baseline FILE/,
  ],
])('%s is answered with exit code 2 and one line', async (_, flags, line) => {
  const { status, stderr } = await runCommand(['matrix', ...flags()]);
  expect(status).toBe(2);
  expect(stderr).toMatch(new RegExp(`^(?:timing: .*\n)?kvm-interleave: ${line.source}\n$`));
});
