import { describe, expect, test } from 'vitest';
import { defineModel, integer, word, words } from '../checker/index.ts';
import type { Model } from '../checker/language/model.ts';
import { type Invocation, parseCommandLine } from './command-line.ts';
import { modelFlag } from './model-flag.ts';

const model = defineModel({
  name: 'toy',
  version: '1',
  summary: 'a toy',
  parameters: {
    vcpus: integer({ help: 'virtual CPUs', default: 2, min: 1, max: 4 }),
    mutate: word({
      help: 'the mutation',
      default: 'none',
      words: ['none', 'no-lock'],
      aliases: { 4: 'no-lock' },
    }),
    hostOps: words({ help: 'what the host does', default: [], words: ['zap', 'convert'] }),
  },
  build: () => ({ threads: [], claims: [] }),
}) as unknown as Model;

function parse(...args: string[]): Invocation {
  return parseCommandLine(args, { model, version: '9.9', memoryBytesMax: 2 ** 30, cores: 2 });
}

describe('check', () => {
  test('has its defaults', () => {
    expect(parse('check')).toEqual({
      command: 'check',
      flags: {
        engine: 'compiled',
        workers: 2,
        symmetry: 'verified',
        shrink: false,
        tabs: false,
        limits: { memoryBytesMax: 2 ** 30 },
        keepGoing: false,
        reports: [{ reporter: 'text' }],
      },
      given: {},
    });
  });

  test('takes the parameters of the model as flags, with a space or an equals sign', () => {
    const given = { vcpus: 3, mutate: 'no-lock', hostOps: ['zap', 'convert'] };
    const spaced = ['--vcpus', '3', '--mutate', '4', '--host-ops', 'convert,zap'];
    expect(parse('check', ...spaced)).toMatchObject({ given });
    const joined = ['--vcpus=3', '--mutate=no-lock', '--host-ops=zap,convert'];
    expect(parse('check', ...joined)).toMatchObject({ given });
  });

  test('forgets the flags of the command line before', () => {
    parse('check', '--vcpus', '3');
    expect(parse('check')).toMatchObject({ given: {} });
  });

  test('takes limits, claims and switches', () => {
    const limits = ['--max-memory', '2G', '--max-states=1000', '--time', '90s'];
    const others = ['--only', 'P1,P2', '--engine', 'naive', '--keep-going', '--json', '--no-color'];
    expect(parse('check', ...limits, ...others)).toMatchObject({
      flags: {
        only: ['P1', 'P2'],
        engine: 'naive',
        limits: { memoryBytesMax: 2 ** 31, statesMax: 1000, durationMsMax: 90_000 },
        keepGoing: true,
        reports: [{ reporter: 'json' }],
        color: false,
      },
    });
  });

  test('compares with what was recorded', () => {
    const baselineOf = (...flags: string[]) => {
      const parsed = parse('check', ...flags);
      return parsed.command === 'check' ? parsed.flags.baseline : undefined;
    };
    expect(baselineOf()).toBeUndefined();
    expect(baselineOf('--ci')).toEqual({ update: false });
    expect(baselineOf('--update-baseline')).toEqual({ update: true });
    expect(baselineOf('--baseline', 'a.json')).toEqual({ update: false, file: 'a.json' });
  });

  test('takes walks by chance', () => {
    const walks = ['--simulate', '--seed', 'x', '--walks=5', '--accept', 'bounded'];
    expect(parse('check', ...walks)).toMatchObject({
      flags: {
        simulation: { scheduler: 'pct', seed: 'x', walks: 5, stepsMax: 1_000, changePoints: 2 },
        accepts: 'bounded',
      },
    });
    expect(parse('check', '--simulate', 'random', '--walk-steps', '9')).toMatchObject({
      flags: {
        simulation: {
          scheduler: 'random',
          seed: expect.stringMatching(/^\d+$/),
          stepsMax: 9,
          changePoints: 0,
        },
      },
    });
  });

  test('lists with --list', () => {
    expect(parse('check', '--list')).toEqual({ command: 'list' });
  });

  test('refuses a model whose parameter takes the name of a flag', () => {
    const { vcpus } = model.parameters;
    const clash = { ...model, parameters: { keepGoing: vcpus! } };
    expect(() =>
      parseCommandLine(['check'], { model: clash, version: '', memoryBytesMax: 1, cores: 1 }),
    ).toThrow('parameter keepGoing is also a flag of check; expected another name');
  });

  test('has a help with defaults and an example', () => {
    const help = parse('check', '--help');
    expect(help.command === 'help' && help.text).toMatchInlineSnapshot(`
      "Usage: kvm-interleave check [options]

      Searches every interleaving of a model for a violated claim.

      Model: toy 1, a toy

      Options:
        --only <claims>                      judge these claims only (default: all)
        --model <file>                       a TypeScript file with a model (default:
                                             the KVM model)
        --engine <name>                      how to search (choices: "compiled",
                                             "interpreter", "naive", default:
                                             "compiled")
        --workers <n>                        threads that search (compiled engine
                                             only) (default: the cores)
        --max-memory <size>                  stop at this size of the search (default:
                                             most of what is free)
        --max-states <n>                     stop at this many states (default: no
                                             limit)
        --time <duration>                    stop after this time (default: no limit)
        --symmetry                           fail where no two threads are
                                             interchangeable, and say why (default:
                                             count states up to renaming where they
                                             are)
        --no-symmetry                        keep every state
        --liveness                           judge claims over infinite runs, and fail
                                             where there are none (default: judge
                                             them)
        --no-liveness                        leave out claims over infinite runs
        --keep-going                         search on after the first claim that
                                             fails
        --shrink                             make counterexamples as small as they can
                                             be (lkml always does)
        --ci                                 compare with what was recorded: exit with
                                             0 if nothing has moved, else with 5
        --update-baseline                    record what is found; implies --ci
        --baseline <file>                    what was recorded; implies --ci (default:
                                             beside the model)
        --accept <verdict>                   exit with 0 for this one too (choices:
                                             "bounded", "vacuous")
        --reporter <list>                    which reports to write (default: text)
        --json                               short for --reporter json
        --tabs                               indent the diagrams of lkml by tabs, for
                                             the comment of a source file
        --color                              use colours (default: if stdout is a
                                             terminal)
        --no-color                           use no colours
        --list                               list the parameters and claims of the
                                             model, and search nothing
        --forecast                           say how big each scope is, by searching
                                             smaller ones: up to --max-states for each
                                             (default: 2,000,000), or up to --time in
                                             all; check nothing
        -h, --help                           display help for command

      Simulation:
        --simulate [scheduler]               walk through the scopes by chance, and
                                             search nothing: pct (priorities that
                                             change rarely) or random (any thread in
                                             any step); BOUNDED if nothing fails
                                             (default: pct) (choices: "pct", "random")
        --seed <text>                        decides every walk (default: a new one,
                                             which is printed)
        --walks <n>                          walks in each scope (default: 10000)
        --walk-steps <n>                     cut a walk after this many steps
                                             (default: 1000)
        --change-points <n>                  how often in a walk of pct a thread falls
                                             behind the others (default: 2)

      Reports, and files to write them to instead of stdout:
        --output-file.text <path>            the report for people
        --output-file.ledger <path>          the same with the whole ledger: all that
                                             had to be seen, and how often it was
        --output-file.lkml <path>            plain text to paste into a mail to a
                                             kernel list
        --output-file.reply <path>           plain text to answer a thread with: what
                                             was said there, and what the check says
        --output-file.json <path>            the document from which all others are
                                             derived
        --output-file.html <path>            a page to step through counterexamples
        --output-file.junit <path>           JUnit XML for CI servers: a case for each
                                             claim in each scope
        --output-file.sarif <path>           SARIF 2.1.0 for code scanning: a result
                                             for each violation
        --output-file.itf <path>             the shortest counterexample as a trace of
                                             Apalache and Quint
        --output-file.perfetto <path>        the shortest counterexample as a timeline
                                             for Perfetto, a Chrome trace
        --output-file.github <path>          annotations of GitHub Actions
        --output-file.github-summary <path>  Markdown for the job summary of GitHub
                                             Actions

      Scope:
        --vcpus <n>                          virtual CPUs (1 to 4; default: 2)
        --mutate <name>                      the mutation (none, no-lock; default:
                                             none)
        --host-ops <list>                    what the host does (zap, convert, or
                                             none; default: none)

      Example:
        npm run check -- --vcpus 2
      "
    `);
  });
});

test('replay takes a schedule', () => {
  expect(parse('replay', 'toy@1//P1/ab/xxxxxx', '--json')).toEqual({
    command: 'replay',
    schedule: 'toy@1//P1/ab/xxxxxx',
    json: true,
  });
});

test('replay takes a file of schedules', () => {
  expect(parse('replay', '--corpus', 'old.txt')).toEqual({
    command: 'replay-corpus',
    corpus: 'old.txt',
    json: false,
  });
});

test.each(['promela', 'promela-liveness', 'contention'])(
  'export %s takes the parameters of the model',
  (what) => {
    expect(parse('export', what, '--vcpus', '3')).toEqual({
      command: 'export',
      what,
      given: { vcpus: 3 },
    });
  },
);

test('export lkml takes a schedule', () => {
  const lkml = { command: 'export', what: 'lkml', schedule: 'SCHEDULE' };
  expect(parse('export', 'lkml', 'SCHEDULE')).toEqual({ ...lkml, tabs: false });
  expect(parse('export', 'lkml', 'SCHEDULE', '--tabs')).toEqual({ ...lkml, tabs: true });
});

test('explain --claims is a check that decides every claim and writes the reply', () => {
  const asked = parse('explain', '--claims', '--vcpus', '3');
  expect(asked).toMatchObject({ command: 'check', given: { vcpus: 3 } });
  expect(asked.command === 'check' && asked.flags).toEqual({
    ...((parse('check', '--keep-going', '--reporter', 'reply') as { flags: unknown })
      .flags as object),
  });
});

test('the version and the help of each command are printed', () => {
  expect(parse('--version')).toEqual({ command: 'help', text: '9.9\n' });
  for (const command of ['check', 'replay', 'export', 'list']) {
    const help = parse(command, '--help');
    expect(help.command === 'help' && help.text).toContain('Example:\n  np');
  }
});

test.each<[string[], string]>([
  [
    [],
    'no command; expected check, matrix, diff, explain, replay, show, ui, export or list ' +
      '(--help says more)',
  ],
  [['chek'], "unknown command 'chek' (Did you mean check?)"],
  [['check', '--vcpu', '3'], "unknown option '--vcpu' (Did you mean --vcpus?)"],
  [['check', '--frobnicate'], "unknown option '--frobnicate'; expected a flag that --help names"],
  [['check', '--vcpus', '0'], '--vcpus 0: expected a whole number from 1 to 4'],
  [['check', '--vcpus=banana'], '--vcpus banana: expected a whole number from 1 to 4'],
  [['check', '--vcpus'], "option '--vcpus <n>' argument missing"],
  [['check', '--mutate', 'nolock'], '--mutate nolock: expected one of none, no-lock'],
  [['check', '--host-ops', 'zap,nap'], '--host-ops nap: expected one of zap, convert'],
  [['check', '--max-memory', 'lots'], '--max-memory lots: expected a size like 512M or 2G'],
  [['check', '--time', '-5s'], '--time -5s: expected a duration like 90s, 5m or 2h'],
  [
    ['check', '--engine', 'fast'],
    "option '--engine <name>' argument 'fast' is invalid. " +
      'Allowed choices are compiled, interpreter, naive.',
  ],
  [
    ['check', '--forecast', '--simulate'],
    '--forecast: --simulate searches nothing; expected one of the two',
  ],
  [
    ['check', '--forecast', '--ci'],
    '--forecast: checks nothing that --ci could compare; expected one of the two',
  ],
  [
    ['check', '--forecast', '--reporter', 'lkml'],
    '--forecast: has no report lkml; expected text or --json',
  ],
  [
    ['explain', '--claims', '--races'],
    '--claims: expected none of --functions, --races and --as with it',
  ],
  [['check', '--seed', '1'], '--seed: decides how --simulate walks; expected --simulate too'],
  [
    ['check', '--simulate', 'random', '--change-points', '1'],
    '--change-points: random has no priorities; expected --simulate pct',
  ],
  [
    ['check', '--ci', '--simulate'],
    '--ci: walks by chance are not recorded; expected no --simulate',
  ],
  [['check', '--workers', '0'], '--workers 0: expected a whole number from 1'],
  [
    ['check', '--symmetry', '--engine', 'naive'],
    '--symmetry: engine naive keeps every state; expected compiled',
  ],
  [['check', 'extra'], "too many arguments for 'check'. Expected 0 arguments but got 1."],
  [['export'], 'export: expected promela, promela-liveness, contention or lkml'],
  [['export', 'tla'], 'export tla: expected promela, promela-liveness, contention or lkml'],
  [['export', 'lkml'], "missing required argument 'schedule'"],
  [['replay'], 'replay: expected either a schedule, or --corpus with a file of them'],
  [
    ['replay', 'x', '--corpus', 'y'],
    'replay: expected either a schedule, or --corpus with a file of them',
  ],
  [
    ['replay', 'x', '--threads', '3'],
    "unknown option '--threads'; expected a flag that --help names",
  ],
])('%j is refused in one line', (args, message) => {
  expect(() => parse(...args)).toThrow(new RegExp(`^${escaped(message)}$`));
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

test.each<[string[], string | undefined]>([
  [['check', '--model', 'a.ts'], 'a.ts'],
  [['check', '--model=a.ts', '--vcpus', '2'], 'a.ts'],
  [['replay', 'x', '--model', 'a.ts', '--model', 'b.ts'], 'b.ts'],
  [['check', '--model'], undefined],
  [['check', '--', '--model', 'a.ts'], undefined],
  [['check'], undefined],
])('the model of %j is %j', (args, path) => {
  expect(modelFlag(args)).toBe(path);
});
