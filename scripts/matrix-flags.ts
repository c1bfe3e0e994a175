import { type Command, Option } from 'commander';
import type { TableName } from '../checker/language/matrix-row.ts';
import type { Scope } from '../checker/language/parameter.ts';
import {
  addParameters,
  colorOf,
  colorOption,
  jsonOption,
  modelOption,
  noColorOption,
} from './command-flags.ts';
import type { Surroundings } from './command-line.ts';
import { parseCount, parseSize } from './quantity.ts';

/** What `matrix` is asked for. */
export interface MatrixFlags {
  readonly table: TableName;
  /** Whether each row is checked in the smallest scope that shows what is expected of it. */
  readonly small: boolean;
  /** Whether what is found becomes the baseline. */
  readonly updateBaseline: boolean;
  /** The file of the baseline; absent: the one beside the model. */
  readonly baseline?: string;
  readonly workers: number;
  readonly maxMemory: number;
  readonly json: boolean;
  readonly color?: boolean;
}

interface RawFlags extends Pick<MatrixFlags, 'baseline' | 'workers' | 'maxMemory' | 'color'> {
  readonly mutations?: boolean;
  readonly small?: boolean;
  readonly updateBaseline?: boolean;
  readonly json?: boolean;
}

/** Adds the command `matrix`. */
export function addMatrix(
  program: Command,
  { model, cores, memoryBytesMax }: Surroundings,
  invoke: (invocation: {
    readonly command: 'matrix';
    readonly flags: MatrixFlags;
    readonly given: Partial<Scope>;
  }) => void,
): void {
  const command = program
    .command('matrix')
    .summary('check every version, or every mutation, and print a table')
    .description(
      'Checks every version of the model, or with --mutations every known mistake, to its end, ' +
        'and prints a table of rows by claims.\n\nExit code: 0 if every row is as recorded in ' +
        'the baseline, 5 if one is not. A table that was never recorded: 0 if every claim holds, ' +
        'else 1.',
    )
    .addOption(new Option('--mutations', 'the table of mutations (default: that of versions)'))
    .addOption(new Option('--small', 'each row in the smallest scope that shows what is expected'))
    .addOption(
      new Option('--update-baseline', 'record what is found, after printing what is different'),
    )
    .addOption(
      new Option('--baseline <file>', 'what was recorded (default: a file beside the model)'),
    )
    .addOption(modelOption())
    .addOption(
      new Option('--workers <n>', 'checks that run side by side')
        .argParser((text) => parseCount('--workers', text))
        .default(cores, 'the cores'),
    )
    .addOption(
      new Option('--max-memory <size>', 'stop at this size of all searches together')
        .argParser((text) => parseSize('--max-memory', text))
        .default(memoryBytesMax, 'most of what is free'),
    )
    .addOption(jsonOption())
    .addOption(colorOption())
    .addOption(noColorOption())
    .addHelpText('after', '\nExample:\n  npm run matrix -- --mutations --small');
  const given = addParameters(command, model);
  command.action((raw: RawFlags) => {
    const flags: MatrixFlags = {
      table: raw.mutations ? 'mutations' : 'versions',
      small: raw.small ?? false,
      updateBaseline: raw.updateBaseline ?? false,
      ...(raw.baseline === undefined ? {} : { baseline: raw.baseline }),
      workers: raw.workers,
      maxMemory: raw.maxMemory,
      json: raw.json ?? false,
      ...colorOf(raw),
    };
    invoke({ command: 'matrix', flags, given });
  });
}
