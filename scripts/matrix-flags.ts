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
import { addRowFlags, type RawRowFlags, type RowFlags, rowFlagsOf } from './row-flags.ts';

/** What `matrix` is asked for. */
export interface MatrixFlags extends RowFlags {
  readonly table: TableName;
  /** Whether what is found becomes the baseline. */
  readonly updateBaseline: boolean;
  /** The file of the baseline; absent: the one beside the model. */
  readonly baseline?: string;
  readonly json: boolean;
  readonly color?: boolean;
}

interface RawFlags extends RawRowFlags, Pick<MatrixFlags, 'baseline' | 'color'> {
  readonly mutations?: boolean;
  readonly updateBaseline?: boolean;
  readonly json?: boolean;
}

/** Adds the command `matrix`. */
export function addMatrix(
  program: Command,
  around: Surroundings,
  invoke: (invocation: {
    readonly command: 'matrix';
    readonly flags: MatrixFlags;
    readonly given: Partial<Scope>;
  }) => void,
): void {
  const command = program.command('matrix');
  command
    .summary('check every version, or every mutation, and print a table')
    .description(
      'Checks every version of the model, or with --mutations every known mistake, to its end, ' +
        'and prints a table of rows by claims.\n\nExit code: 0 if every row is as recorded in ' +
        'the baseline, 5 if one is not. A table that was never recorded: 0 if every claim holds, ' +
        'else 1.',
    )
    .addOption(new Option('--mutations', 'the table of mutations (default: that of versions)'));
  addRowFlags(command, around)
    .addOption(
      new Option('--update-baseline', 'record what is found, after printing what is different'),
    )
    .addOption(
      new Option('--baseline <file>', 'what was recorded (default: a file beside the model)'),
    )
    .addOption(modelOption())
    .addOption(jsonOption())
    .addOption(colorOption())
    .addOption(noColorOption())
    .addHelpText('after', '\nExample:\n  npm run matrix -- --mutations --small');
  const given = addParameters(command, around.model);
  command.action((raw: RawFlags) => {
    const flags: MatrixFlags = {
      table: raw.mutations ? 'mutations' : 'versions',
      ...rowFlagsOf(raw),
      updateBaseline: raw.updateBaseline ?? false,
      ...(raw.baseline === undefined ? {} : { baseline: raw.baseline }),
      json: raw.json ?? false,
      ...colorOf(raw),
    };
    invoke({ command: 'matrix', flags, given });
  });
}
