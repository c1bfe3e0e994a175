import { type Command, Option } from 'commander';
import type { Model } from '../checker/language/model.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { addParameters, example, modelOption } from './command-flags.ts';
import { parseCount } from './quantity.ts';

const RUNS = 3;
const TRIES = 200;
const STEPS_MAX = 1_000;

/** What `show` is asked for. */
export interface ShowRequest {
  readonly command: 'show';
  /** The run to show; if absent, the most contended of some random ones. */
  readonly schedule?: string;
  readonly given: Partial<Scope>;
  readonly seed: string;
  readonly runs: number;
  readonly tries: number;
  readonly steps: number;
  /** Where to write a page; text on stdout if absent. */
  readonly html?: string;
}

interface RawFlags {
  readonly seed: string;
  readonly runs: number;
  readonly tries: number;
  readonly steps: number;
  readonly 'outputFile.html'?: string;
}

/** Adds the command to a program. */
export function addShow(
  program: Command,
  model: Model,
  invoke: (request: ShowRequest) => void,
): void {
  const number = (flags: string, help: string, preset: number) =>
    new Option(flags, help)
      .argParser((text) => parseCount(flags.split(' ')[0]!, text))
      .default(preset);
  const command = program
    .command('show')
    .summary('show runs step by step, whether they violate a claim or not')
    .description(
      'Shows a run: that of a schedule or, without one, the random runs in which threads meet ' +
        'most often at the same variables. All claims are judged at each step.',
    )
    .argument('[schedule]', 'a schedule, as check has printed it')
    .addOption(modelOption())
    .addOption(new Option('--seed <text>', 'decides on the random runs').default('1'))
    .addOption(number('--tries <n>', 'random runs to choose from', TRIES))
    .addOption(number('--runs <n>', 'how many of them to show', RUNS))
    .addOption(number('--steps <n>', 'steps after which a random run is cut', STEPS_MAX))
    .addOption(
      new Option('--output-file.html <path>', 'write a page to step through the runs instead'),
    )
    .addHelpText('after', example(model, ['show', '--', '--output-file.html run.html'], 1));
  const given = addParameters(command, model);
  command.action((schedule: string | undefined, raw: RawFlags) => {
    const { seed, runs, tries, steps, 'outputFile.html': html } = raw;
    invoke({
      command: 'show',
      ...(schedule === undefined ? {} : { schedule }),
      given,
      seed,
      runs,
      tries,
      steps,
      ...(html === undefined ? {} : { html }),
    });
  });
}
