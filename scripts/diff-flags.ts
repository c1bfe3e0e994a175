import type { Command } from 'commander';
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

/** What `diff` is asked for. */
export interface DiffFlags extends RowFlags {
  /** Names of two rows of the table of versions. */
  readonly names: readonly [string, string];
  readonly json: boolean;
  readonly color?: boolean;
}

interface RawFlags extends RawRowFlags, Pick<DiffFlags, 'color'> {
  readonly json?: boolean;
}

/** Adds the command `diff`. */
export function addDiff(
  program: Command,
  around: Surroundings,
  invoke: (invocation: {
    readonly command: 'diff';
    readonly flags: DiffFlags;
    readonly given: Partial<Scope>;
  }) => void,
): void {
  const command = program.command('diff');
  command
    .summary('compare two versions')
    .description(
      'Checks two versions of the model to their end and says which claims differ: for each the ' +
        'schedule on which it fails in one of them, and what becomes of that in the other.',
    )
    .argument('<before>', 'a version, as matrix names it')
    .argument('<after>', 'another one');
  addRowFlags(command, around)
    .addOption(modelOption())
    .addOption(jsonOption())
    .addOption(colorOption())
    .addOption(noColorOption())
    .addHelpText('after', '\nExample:\n  npm run diff -- rfc-v5-posted rfc-v5 --vcpus 1');
  const given = addParameters(command, around.model);
  command.action((before: string, after: string, raw: RawFlags) => {
    const flags: DiffFlags = {
      names: [before, after],
      ...rowFlagsOf(raw),
      json: raw.json ?? false,
      ...colorOf(raw),
    };
    invoke({ command: 'diff', flags, given });
  });
}
