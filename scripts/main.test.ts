import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import schema from '../checker/report/check-result.schema.json' with { type: 'json' };
import { runCommand as run } from './run-command.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LANGUAGE = new URL('../checker/index.ts', import.meta.url).href;
const COUNTER = ['--model', 'checker/report/fixtures/lost-update.ts'];
const RETRY = ['--model', 'checker/report/fixtures/retry.ts'];
const PETERSON = ['--model', 'docs/examples/peterson.ts'];

/** How long it took, if that was more than a second, and nothing else. */
const TIMING = '^(?:timing: .*\n)?';
const SILENCE = new RegExp(`${TIMING}$`);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'model-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('exit codes', () => {
  test('a check in which every claim holds exits with 0', async () => {
    const { status, stdout, stderr } = await run(['check', ...COUNTER, '--variant', 'atomic']);
    expect(status).toBe(0);
    expect(stderr).toMatch(SILENCE);
    expect(stdout.split('\n')[0]).toBe(
      'check lost-update: variant atomic, 2 scopes, 4 claims; npm run check -- ' +
        '--model checker/report/fixtures/lost-update.ts --variant atomic',
    );
    expect(stdout).toMatch(/\nEXHAUSTED: .*; ledger 6\/6, no canary\n$/);
  });

  test('a loop exits with 1, and its replay goes round it', async () => {
    const { status, stdout } = await run(['check', ...RETRY]);
    expect(status).toBe(1);
    const [, schedule = ''] = /^Reproduce: .* '(.*)'$/m.exec(stdout) ?? [];
    expect(schedule).toMatch(/^retry@1\/\/ends\/\w+:\w+\/.*$/);

    const forgets = await run(['replay', ...RETRY, schedule]);
    expect(forgets.status).toBe(1);
    expect(forgets.stdout).toMatch(/\nreproduced: ends fails: CPU0 inside retry for ever\n$/);

    const serves = ['--variant', 'serves'];
    const without = await run(['check', ...RETRY, ...serves, '--no-liveness']);
    expect(without.status).toBe(0);
    expect(without.stdout).toMatch(/^check retry: .*; no liveness; npm run check -- .*\n/);
  });

  test('a violated claim exits with 1, and the printed replay reproduces it', async () => {
    const { status, stdout } = await run(['check', ...COUNTER]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/\nVIOLATED: .*\n$/);
    const [, model = '', schedule = ''] =
      /^Reproduce: +npm run replay -- --model (\S+) '(.*)'$/m.exec(stdout) ?? [];

    const racy = await run(['replay', '--model', model, schedule]);
    expect(racy.status).toBe(1);
    expect(racy.stdout).toMatch(/\nreproduced: kept fails: fails for counter\n$/);
    expect(racy.stdout).toContain('L3: update finished  // 1 -> 2 !!!');
  });

  test.concurrent.each([
    ['states', ['--max-states', '10']],
    ['memory', ['--max-memory', '20M']],
    ['time', ['--time', '1s']],
  ])('a limit on %s that is reached exits with 3', async (limit, flags) => {
    const big = [...PETERSON, '--threads', '5', '--workers', '2'];
    const { status, stdout } = await run(['check', ...big, ...flags]);
    expect(status).toBe(3);
    expect(stdout).toMatch(/\nWhat would help: /);
    expect(stdout).toMatch(/\nForecast: +[\d,]+ to [\d,]+ states, by \d+ smaller scopes/);
    expect(stdout).toMatch(new RegExp(`\nSTOPPED by the limit on ${limit}: .*\n$`));
  });

  test('a forecast checks nothing, and is the same each time', async () => {
    const asked = ['check', ...PETERSON, '--threads', '5', '--forecast', '--max-states', '20000'];
    const [once, again] = [await run(asked), await run(asked)];
    expect([once.status, once.stdout]).toEqual([0, again.stdout]);
    expect(once.stdout).toMatch(/^forecast peterson; npm run check -- .*--threads 5\n\nScope: /);
    expect(once.stdout).toMatch(/\nWith: +--threads 4: [\d,]+ to [\d,]+ states/);
    expect(once.stdout).toMatch(/\nNothing was checked\.\n$/);
  });

  test('walks that find nothing exit with 3, or 0 if that is accepted', async () => {
    const walks = ['--variant', 'atomic', '--simulate', '--seed', '7', '--walks', '20'];
    const bounded = await run(['check', ...COUNTER, ...walks]);
    expect(bounded.status).toBe(3);
    expect(bounded.stdout).toMatch(/^check .* --simulate pct --seed 7 --walks 20\n/);
    expect(bounded.stdout).toMatch(/\nBOUNDED: walks 40, .*; seed 7\n$/);
    const accepted = await run(['check', ...COUNTER, ...walks, '--accept', 'bounded']);
    expect(accepted.status).toBe(0);
    expect(accepted.stdout).toMatch(/^check [^;]*, BOUNDED is accepted; .* --accept bounded\n/);
  });

  test('a violation that was found before a limit was reached exits with 1', async () => {
    const broken = ['--model', 'docs/examples/ticket-lock.ts', '--variant', 'broken'];
    const limited = ['--threads', '3', '--keep-going', '--max-states', '1000', '--workers', '2'];
    const { status, stdout } = await run(['check', ...broken, ...limited]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^unique-ticket +VIOLATED/m);
    expect(stdout).toMatch(/UNDECIDED/);
    expect(stdout).toMatch(/\nVIOLATED: .*\n$/);
  });

  test('a schedule that no longer fails exits with 0, one that no longer runs with 5', async () => {
    const source = readFileSync(join(ROOT, 'checker/report/fixtures/lost-update.ts'), 'utf8');
    const { stdout } = await run(['check', ...COUNTER, '--json']);
    const { schedule } = (JSON.parse(stdout) as { counterexample: { schedule: string } })
      .counterexample;
    const changed = (name: string, from: string, to: string) => {
      expect(source).toContain(from);
      const path = join(folder, name);
      writeFileSync(path, source.replace('../../index.ts', LANGUAGE).replace(from, to));
      return path;
    };

    const fixed = changed('fixed.ts', 'value >= finished', 'value >= finished - 1');
    expect(await run(['replay', '--model', fixed, schedule])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\nfixed: all 6 steps run, and kept holds\n$/),
    });
    const atomic = changed('atomic.ts', "=== 'atomic'", "!== 'atomic'");
    expect(await run(['replay', '--model', atomic, schedule])).toMatchObject({
      status: 5,
      stdout: expect.stringMatching(
        /\ndiverged at step 4: expected a step of CPU1, found CPU1 has finished\n$/,
      ),
    });
  });

  test('a gate exits with 0 while all is as recorded, and says with 5 what has moved', async () => {
    const source = readFileSync(join(ROOT, 'checker/report/fixtures/lost-update.ts'), 'utf8');
    const path = join(folder, 'gated.ts');
    const write = (from: string, to: string) => {
      expect(source).toContain(from);
      writeFileSync(path, source.replace('../../index.ts', LANGUAGE).replace(from, to));
    };
    const check = (...flags: string[]) =>
      run(['check', '--model', path, '--variant', 'atomic', ...flags]);
    write("version: '1'", "version: '1'");

    const recorded = await check('--update-baseline');
    expect(recorded).toMatchObject({ status: 0, stderr: expect.stringContaining('recorded in ') });
    const same = await check('--ci');
    expect(same.status).toBe(0);
    expect(same.stdout).toMatch(/\nAS RECORDED: EXHAUSTED: .*\n$/);

    write("variant === 'atomic'", "variant === 'never'");
    const moved = await check('--ci');
    expect(moved.status).toBe(5);
    expect(moved.stdout).toContain('kept fails after 6 steps, recorded: holds\n');
    expect(moved.stdout).toMatch(/\nDIVERGED: VIOLATED: .*\n$/);
  });

  test('a corpus exits with the worst of its answers', async () => {
    const reproduced = 'lost-update@1//kept/ab3a2/NoPtNQ';
    const fixed = 'lost-update@1/variant=atomic/kept/a2b2/5HmiAQ';
    const diverged = 'lost-update@1/variant=atomic/kept/a3/eN56mg';
    const corpus = join(folder, 'corpus.txt');
    const replayed = async (...lines: string[]) => {
      writeFileSync(corpus, `# found in May\n\n${lines.join('  # a comment\n')}\n`);
      return await run(['replay', ...COUNTER, '--corpus', corpus]);
    };
    expect(await replayed(fixed)).toMatchObject({ status: 0 });
    expect(await replayed(fixed, diverged)).toMatchObject({ status: 5 });
    expect(await replayed(fixed, diverged, reproduced)).toMatchObject({
      status: 1,
      stdout:
        `replay lost-update 1: schedules of ${corpus}\n\n` +
        'line 3: fixed: all 4 steps run, and kept holds\n' +
        'line 4: diverged at step 3: expected a step of CPU0, found CPU0 has finished\n' +
        'line 5: reproduced: kept fails: fails for counter\n\n' +
        '1 reproduced, 1 diverged, 1 fixed\n',
    });
  });

  test('Ctrl-C exits with 130 after a partial report', async () => {
    const { status, stdout } = await run(['check', ...PETERSON, '--threads', '5'], (search) => {
      // The headline is there: the search is about to begin. Launchers pass the signal on, so that
      // it comes twice.
      if (!search.killed) for (const signal of ['SIGINT', 'SIGINT'] as const) search.kill(signal);
    });
    expect(status).toBe(130);
    expect(stdout).toMatch(/^check peterson: (?:.*\n)*INTERRUPTED: .*\n$/);
  });

  test('Ctrl-C ends two workers in the middle of their search', async () => {
    // On a busy machine helpers are called late: then once more, and later.
    let reached = 0;
    for (const delayMs of [2_000, 10_000, 20_000]) {
      reached = await statesWhenInterrupted(delayMs);
      if (reached > 50_000) break;
    }
    expect(reached).toBeGreaterThan(50_000);
  }, 120_000);
});

/** Interrupts a search by two workers so long after its headline; answers how far it came. */
async function statesWhenInterrupted(delayMs: number): Promise<number> {
  let interrupted = 0;
  const big = [...PETERSON, '--threads', '5', '--workers', '2'];
  const { status, stdout } = await run(['check', ...big], (search) => {
    if (interrupted > 0) return;
    interrupted = performance.now();
    setTimeout(() => search.kill('SIGINT'), delayMs);
  });
  expect(performance.now() - interrupted).toBeLessThan(delayMs + 10_000);
  expect(status).toBe(130);
  const [, states = ''] = /\nINTERRUPTED: states ([\d,]+), .*\n$/.exec(stdout) ?? [];
  return Number(states.replaceAll(',', ''));
}

test.concurrent.each([
  ['exhausted', [...PETERSON, '--threads', '4', '--no-symmetry'], 0],
  ['violated', ['--vcpus', '2', '--regions', '1', '--mutate', 'goal-before-lock'], 1],
])('one worker and two write the same bytes: %s', async (_, flags, status) => {
  const runs = [1, 2].map((workers) => run(['check', ...flags, '--workers', `${workers}`]));
  const [alone, together] = await Promise.all(runs);
  expect([alone!.status, together!.status]).toEqual([status, status]);
  expect(together!.stdout).toBe(alone!.stdout);
});

test('--symmetry counts the kernel model up to renaming of its vCPUs', async () => {
  const small = ['--vcpus', '2', '--ops', '1', '--regions', '1'];
  const states = async (flag: string) => {
    const { status, stdout } = await run([
      'check',
      ...small,
      '--no-liveness',
      '--accept',
      'vacuous',
      flag,
    ]);
    expect(status).toBe(0);
    return Number(/\nVACUOUS: states ([\d,]+),/.exec(stdout)![1]!.replace(',', ''));
  };
  const [up, all] = await Promise.all([states('--symmetry'), states('--no-symmetry')]);
  expect(up).toBeLessThan(0.6 * all);
  expect(up).toBeGreaterThanOrEqual(0.5 * all);
});

test('--json prints one document that its schema accepts, and nothing else', async () => {
  const { status, stdout, stderr } = await run(['check', ...COUNTER, '--json']);
  expect(status).toBe(1);
  expect(stderr).toMatch(SILENCE);
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
  validate(JSON.parse(stdout));
  expect(validate.errors ?? []).toEqual([]);
});

test('reports go to their files, and what is printed for people stays as it was', async () => {
  const [json, text] = [join(folder, 'a.json'), join(folder, 'a.txt')];
  const plain = await run(['check', ...COUNTER]);
  const both = await run(['check', ...COUNTER, '--output-file.json', json]);
  expect([both.status, both.stdout]).toEqual([1, plain.stdout]);
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ verdict: 'VIOLATED' });

  const filed = await run(['check', ...COUNTER, `--output-file.text=${text}`]);
  expect([filed.status, filed.stdout]).toEqual([1, '']);
  expect(readFileSync(text, 'utf8')).toBe(plain.stdout);
});

describe('bad input is answered with exit code 2 and one line', () => {
  const model = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  test.concurrent.each<[string, () => string[], RegExp]>([
    [
      'an unknown flag',
      () => ['check', ...COUNTER, '--thread', '3'],
      /unknown option '--thread' \(Did you mean --threads\?\)/,
    ],
    [
      'an unknown claim',
      () => ['check', ...COUNTER, '--only', 'keept'],
      /--only keept: expected some of kept, grows, assertions, deadlock/,
    ],
    [
      'a report without a folder',
      () => ['check', ...COUNTER, '--output-file.json', join(folder, 'no', 'a.json')],
      /--output-file\.json .*a\.json: there is no folder .*no; expected one/,
    ],
    [
      'two reports on stdout',
      () => ['check', ...COUNTER, '--reporter', 'text,json'],
      /--reporter: text and json would be mixed on stdout; expected --output-file\.json .*/,
    ],
    [
      'an export of several scopes',
      () => ['export', 'promela', '--vcpus', '3'],
      /a check of this covers 5 scopes, .*, e\.g\. --ops 1 --regions 2 --host prefault .*/,
    ],
    [
      'symmetry where there is none',
      () => ['check', ...PETERSON, '--symmetry', '--no-liveness'],
      /docs.examples.peterson\.ts: no two threads are interchangeable: thread0 and thread1: .*/,
    ],
    [
      'symmetry with claims that it does not preserve',
      () => ['check', ...PETERSON, '--symmetry'],
      /--symmetry: it does not preserve claims over infinite runs, .*; expected --no-liveness .*/,
    ],
    [
      'liveness where nothing is claimed',
      () => ['check', ...COUNTER, '--liveness'],
      /--liveness: lost-update claims nothing over infinite runs, .*; expected a model .*/,
    ],
    [
      'a corrupt schedule',
      () => ['replay', ...COUNTER, 'lost-update@1//kept/ab3a3/NoPtNQ'],
      /schedule is corrupt: its checksum does not fit; expected .*/,
    ],
    [
      'a corpus with a corrupt line',
      () => {
        const corpus = join(folder, 'corrupt.txt');
        writeFileSync(corpus, '# old bugs\nlost-update@1//kept/ab3a3/NoPtNQ\n');
        return ['replay', ...COUNTER, '--corpus', corpus];
      },
      /.*corrupt\.txt:2: schedule is corrupt: its checksum does not fit; expected .*/,
    ],
    [
      'a corpus without a schedule',
      () => ['replay', ...COUNTER, '--corpus', '/dev/null'],
      /.dev.null: no schedule; expected one on each line/,
    ],
    [
      'a model that does not exist',
      () => ['check', '--model', 'no-such.ts'],
      /no-such\.ts: no such file; expected a TypeScript file with a model/,
    ],
    [
      'a model that does not compile',
      () => ['check', '--model', model('broken.ts', 'const x = ;')],
      /.*broken\.ts: does not compile: .*broken\.ts:1:10: Unexpected ";"/,
    ],
    [
      'a model that throws',
      () => ['check', '--model', model('throws.ts', "throw new Error('boom\\nand more')")],
      /.*throws\.ts: throws when it is imported: Error: boom/,
    ],
    [
      'a file that is no model',
      () => ['check', '--model', model('none.ts', 'export default { name: 3 }')],
      /.*none\.ts: default export, name: expected string, received 3/,
    ],
    [
      'a model that cannot be built',
      () => [
        'check',
        '--model',
        model(
          'unbuilt.ts',
          "export default { name: 'm', version: '', summary: '', parameters: {}, " +
            "build() { throw new Error('no bricks') } }",
        ),
      ],
      /.*unbuilt\.ts: build\(\) throws Error: no bricks/,
    ],
    [
      'a model that breaks the contract',
      () => [
        'check',
        '--model',
        model(
          'breach.ts',
          `import { defineModel, modelled, thread } from '${LANGUAGE}';
          let runs = 0;
          const fickle = modelled('fickle', function* (x) {
            yield* runs++ % 2 ? x.read() : x.write(1);
          });
          export default defineModel({
            name: 'breach', version: '1', summary: '', parameters: {},
            build: (shared) => ({
              threads: [thread('T', 'r', fickle, shared.integer('x', { min: 0, max: 1 }))],
              claims: [],
            }),
          });`,
        ),
      ],
      /.*breach\.ts: fickle is not deterministic: .*/,
    ],
  ])('%s', async (_, args, line) => {
    const { status, stderr } = await run(args());
    expect(stderr).toMatch(new RegExp(`${TIMING}kvm-interleave: ${line.source}\n$`));
    expect(status).toBe(2);
  });
});
