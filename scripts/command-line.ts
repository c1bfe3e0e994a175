import { Command, CommanderError, Option } from 'commander';
import { ENGINE_NAMES, type EngineName } from '../checker/check/check.ts';
import type { Limits, SymmetryUse } from '../checker/engine/engine.ts';
import type { Model } from '../checker/language/model.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { ACCEPTABLE_WORDS, type Acceptable } from '../checker/report/exit-code.ts';
import type { ReporterName } from '../checker/report/reporters.ts';
import type { SimulationOptions } from '../checker/simulation/simulate.ts';
import type { BaselineFlags } from './check-baseline.ts';
import {
  addParameters,
  colorOf,
  colorOption,
  example,
  jsonOption,
  modelOption,
  noColorOption,
  scopesHelp,
  tabsOption,
} from './command-flags.ts';
import { addDiff, type DiffFlags } from './diff-flags.ts';
import type { ExplainFlags } from './explain-command.ts';
import { addExplain } from './explain-flags.ts';
import { addExport, type ExportRequest } from './export-flags.ts';
import { type ForecastFlags, forecastFlags, forecastOption } from './forecast-flags.ts';
import { addMatrix, type MatrixFlags } from './matrix-flags.ts';
import { parseCount, parseDuration, parseSize } from './quantity.ts';
import {
  addOutputFiles,
  parseReporters,
  type ReportFiles,
  type ReportWish,
  reportWishes,
} from './reporter-flags.ts';
import { addShow, type ShowRequest } from './show-flags.ts';
import { addSimulationOptions, type RawSimulationFlags, simulationOf } from './simulation-flags.ts';
import { addUi, type UiRequest } from './ui-flags.ts';
import { UsageError } from './usage-error.ts';

const COMMANDS = 'check, matrix, diff, explain, replay, show, ui, export or list';

/** The flags of `check` that do not come from the model. */
export interface CheckFlags {
  readonly only?: readonly string[];
  readonly engine: EngineName;
  readonly limits: Limits;
  readonly workers: number;
  readonly symmetry: SymmetryUse;
  /** Whether to judge claims over infinite runs; absent: if the model makes some. */
  readonly liveness?: boolean;
  readonly keepGoing: boolean;
  readonly shrink: boolean;
  /** Absent: search. */
  readonly simulation?: SimulationOptions;
  /** A verdict short of a proof that exits with 0. */
  readonly accepts?: Acceptable;
  /** Absent: compare with nothing. */
  readonly baseline?: BaselineFlags;
  readonly reports: readonly ReportWish[];
  /** Diagrams for a list are indented by tabs. */
  readonly tabs: boolean;
  /** Absent: as the terminal and the environment want it. */
  readonly color?: boolean;
}

/** What the command line asks for. */
export type Invocation =
  | { readonly command: 'check'; readonly flags: CheckFlags; readonly given: Partial<Scope> }
  | {
      readonly command: 'replay';
      readonly schedule: string;
      readonly json: boolean;
      readonly color?: boolean;
    }
  | { readonly command: 'forecast'; readonly flags: ForecastFlags; readonly given: Partial<Scope> }
  | { readonly command: 'matrix'; readonly flags: MatrixFlags; readonly given: Partial<Scope> }
  | {
      readonly command: 'replay-corpus';
      /** A file of schedules. */
      readonly corpus: string;
      readonly json: boolean;
      readonly color?: boolean;
    }
  | { readonly command: 'diff'; readonly flags: DiffFlags; readonly given: Partial<Scope> }
  | ExportRequest
  | ShowRequest
  | UiRequest
  | { readonly command: 'explain'; readonly flags: ExplainFlags; readonly given: Partial<Scope> }
  | { readonly command: 'list' }
  /** Help or the version, to be printed. */
  | { readonly command: 'help'; readonly text: string };

interface RawFlags extends RawSimulationFlags {
  readonly only?: readonly string[];
  readonly engine: EngineName;
  readonly workers: number;
  readonly symmetry?: boolean;
  readonly liveness?: boolean;
  readonly maxMemory?: number;
  readonly maxStates?: number;
  readonly time?: number;
  readonly keepGoing?: boolean;
  readonly shrink?: boolean;
  readonly tabs?: boolean;
  readonly accept?: Acceptable;
  readonly ci?: boolean;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly reporter?: readonly ReporterName[];
  readonly json?: boolean;
  readonly corpus?: string;
  readonly color?: boolean;
  readonly list?: boolean;
  readonly forecast?: boolean;
}

/** What stands beside the words of the command line. */
export interface Surroundings {
  readonly model: Model;
  readonly version: string;
  /** The limit on memory if none is named. */
  readonly memoryBytesMax: number;
  /** The number of workers if none is named. */
  readonly cores: number;
}

/**
 * Reads a command line.
 *
 * @param args without the name of the program
 * @throws UsageError or ParameterError with one line if it asks for something impossible
 * @throws ModelError if a parameter of the model takes the name of another flag
 */
export function parseCommandLine(args: readonly string[], around: Surroundings): Invocation {
  const printed: string[] = [];
  const invocations: Invocation[] = [];
  const program = new Command('kvm-interleave')
    .description(
      'Decides claims about concurrent programs by running every interleaving of a model.',
    )
    .version(around.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => printed.push(text), writeErr: () => {} });
  addCheck(program, around, (invocation) => invocations.push(invocation));
  addMatrix(program, around, (invocation) => invocations.push(invocation));
  addDiff(program, around, (invocation) => invocations.push(invocation));
  addExplain(program, around, (invocation) => invocations.push(invocation));
  addReplay(program, (invocation) => invocations.push(invocation));
  addShow(program, around.model, (invocation) => invocations.push(invocation));
  addUi(program, around.model, (invocation) => invocations.push(invocation));
  addExport(program, around.model, (invocation) => invocations.push(invocation));
  addList(program, (invocation) => invocations.push(invocation));
  if (args.length === 0) {
    throw new UsageError(`no command; expected ${COMMANDS} (--help says more)`);
  }
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new UsageError(oneLine(error));
    return { command: 'help', text: printed.join('') };
  }
  const [invocation] = invocations;
  if (invocation === undefined) throw new UsageError(`no command; expected ${COMMANDS}`);
  return invocation;
}

function addCheck(
  program: Command,
  around: Surroundings,
  invoke: (invocation: Invocation) => void,
): void {
  const { model } = around;
  const command = program
    .command('check')
    .summary('search every interleaving for a violated claim')
    .description(
      `Searches every interleaving of a model for a violated claim.\n\nModel: ${model.name} ` +
        `${model.version}, ${model.summary}`,
    );
  const option = (flags: string, help: string) => new Option(flags, help);
  command
    .addOption(
      option('--only <claims>', 'judge these claims only (default: all)').argParser((text) =>
        text.split(','),
      ),
    )
    .addOption(modelOption())
    .addOption(option('--engine <name>', 'how to search').choices(ENGINE_NAMES).default('compiled'))
    .addOption(
      option('--workers <n>', 'threads that search (compiled engine only)')
        .argParser((text) => parseCount('--workers', text))
        .default(around.cores, 'the cores'),
    )
    .addOption(
      option('--max-memory <size>', 'stop at this size of the search')
        .argParser((text) => parseSize('--max-memory', text))
        .default(around.memoryBytesMax, 'most of what is free'),
    )
    .addOption(
      option('--max-states <n>', 'stop at this many states (default: no limit)').argParser((text) =>
        parseCount('--max-states', text),
      ),
    )
    .addOption(
      option('--time <duration>', 'stop after this time (default: no limit)').argParser((text) =>
        parseDuration('--time', text),
      ),
    )
    .addOption(
      option(
        '--symmetry',
        'fail where no two threads are interchangeable, and say why ' +
          '(default: count states up to renaming where they are)',
      ),
    )
    .addOption(option('--no-symmetry', 'keep every state'))
    .addOption(
      option(
        '--liveness',
        'judge claims over infinite runs, and fail where there are none (default: judge them)',
      ),
    )
    .addOption(option('--no-liveness', 'leave out claims over infinite runs'))
    .addOption(option('--keep-going', 'search on after the first claim that fails'))
    .addOption(
      option('--shrink', 'make counterexamples as small as they can be (lkml always does)'),
    )
    .addOption(
      option(
        '--ci',
        'compare with what was recorded: exit with 0 if nothing has moved, else with 5',
      ),
    )
    .addOption(option('--update-baseline', 'record what is found; implies --ci'))
    .addOption(
      option('--baseline <file>', 'what was recorded; implies --ci (default: beside the model)'),
    )
    .addOption(
      option('--accept <verdict>', 'exit with 0 for this one too').choices(ACCEPTABLE_WORDS),
    )
    .addOption(
      option('--reporter <list>', 'which reports to write (default: text)').argParser(
        parseReporters,
      ),
    )
    .addOption(option('--json', 'short for --reporter json'))
    .addOption(tabsOption())
    .addOption(colorOption())
    .addOption(noColorOption())
    .addOption(option('--list', 'list the parameters and claims of the model, and search nothing'))
    .addOption(forecastOption())
    .addHelpText('after', scopesHelp(model) + example(model, ['check', '--'], 1));
  addSimulationOptions(command);
  const files = addOutputFiles(command);
  const given = addParameters(command, model);
  command.action((raw: RawFlags) => {
    if (raw.list) return invoke({ command: 'list' });
    const flags = checkFlags(raw, files);
    if (raw.forecast) return invoke({ command: 'forecast', flags: forecastFlags(flags), given });
    invoke({ command: 'check', flags, given });
  });
}

function addReplay(program: Command, invoke: (invocation: Invocation) => void): void {
  program
    .command('replay')
    .summary('run a schedule that check has printed')
    .description(
      'Runs a schedule that check has printed, and says whether its claim still fails: ' +
        'reproduced (exit 1), fixed (exit 0) or diverged at step k (exit 5). With --corpus it ' +
        'does so for each line of a file: 1 if any is reproduced, else 5 if any has diverged.',
    )
    .argument('[schedule]', 'the schedule, as it was printed')
    .addOption(
      new Option('--corpus <file>', 'a file of schedules, one on a line; # begins a comment'),
    )
    .addOption(modelOption())
    .addOption(jsonOption())
    .addOption(colorOption())
    .addOption(noColorOption())
    .addHelpText('after', "\nExample:\n  npm run replay -- 'SCHEDULE'")
    .action((schedule: string | undefined, raw: RawFlags) => {
      const { corpus } = raw;
      const print = { json: raw.json ?? false, ...colorOf(raw) };
      if (schedule !== undefined && corpus === undefined) {
        invoke({ command: 'replay', schedule, ...print });
      } else if (schedule === undefined && corpus !== undefined) {
        invoke({ command: 'replay-corpus', corpus, ...print });
      } else {
        throw new UsageError('replay: expected either a schedule, or --corpus with a file of them');
      }
    });
}

function addList(program: Command, invoke: (invocation: Invocation) => void): void {
  program
    .command('list')
    .summary('list the parameters and claims of the model')
    .description('Lists the parameters of the model with their values, and its claims.')
    .addOption(modelOption())
    .addHelpText('after', '\nExample:\n  npx kvm-interleave list')
    .action(() => invoke({ command: 'list' }));
}

function checkFlags(raw: RawFlags, files: ReportFiles): CheckFlags {
  const { maxMemory, maxStates, time } = raw;
  const simulation = simulationOf(raw);
  return {
    ...(raw.only === undefined ? {} : { only: raw.only }),
    engine: raw.engine,
    workers: raw.workers,
    symmetry: symmetryOf(raw),
    ...(raw.liveness === undefined ? {} : { liveness: raw.liveness }),
    limits: {
      ...(maxMemory === undefined ? {} : { memoryBytesMax: maxMemory }),
      ...(maxStates === undefined ? {} : { statesMax: maxStates }),
      ...(time === undefined ? {} : { durationMsMax: time }),
    },
    keepGoing: raw.keepGoing ?? false,
    shrink: raw.shrink ?? false,
    tabs: raw.tabs ?? false,
    ...(simulation === undefined ? {} : { simulation }),
    ...(raw.accept === undefined ? {} : { accepts: raw.accept }),
    ...baselineOf(raw),
    reports: reportWishes(raw.reporter, raw.json ?? false, files),
    ...colorOf(raw),
  };
}

function baselineOf({ ci, baseline, updateBaseline, simulate }: RawFlags): {
  readonly baseline?: BaselineFlags;
} {
  if (ci !== true && updateBaseline !== true && baseline === undefined) return {};
  if (simulate !== undefined) {
    throw new UsageError('--ci: walks by chance are not recorded; expected no --simulate');
  }
  const file = baseline === undefined ? {} : { file: baseline };
  return { baseline: { update: updateBaseline ?? false, ...file } };
}

function symmetryOf({ symmetry, engine }: RawFlags): SymmetryUse {
  if (symmetry === true && engine !== 'compiled') {
    throw new UsageError(`--symmetry: engine ${engine} keeps every state; expected compiled`);
  }
  return symmetry === undefined ? 'verified' : symmetry ? 'required' : 'off';
}

function oneLine({ message, code }: CommanderError): string {
  const text = message
    .replace(/^error: /, '')
    .split('\n')
    .join(' ');
  return code === 'commander.unknownOption' && !text.includes('Did you mean')
    ? `${text}; expected a flag that --help names`
    : text;
}
