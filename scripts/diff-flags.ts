import { type Command, Option } from 'commander';
import type { Scope } from '../checker/language/parameter.ts';
import {
  addParameters,
  colorOf,
  colorOption,
  modelOption,
  noColorOption,
} from './command-flags.ts';
import type { Surroundings } from './command-line.ts';
import { parseCount, parseSize } from './quantity.ts';

/** What `diff` is asked for. */
export interface DiffFlags {
  /** Names of two rows of the table of versions. */
  readonly names: readonly [string, string];
  readonly small: boolean;
  readonly workers: number;
  readonly maxMemory: number;
  readonly color?: boolean;
}

interface RawFlags extends Pick<DiffFlags, 'workers' | 'maxMemory' | 'color'> {
  readonly small?: boolean;
}

/** Adds the command `diff`. */
export function addDiff(
  program: Command,
  { model, cores, memoryBytesMax }: Surroundings,
  invoke: (invocation: {
    readonly command: 'diff';
    readonly flags: DiffFlags;
    readonly given: Partial<Scope>;
  }) => void,
): void {
  const command = program
    .command('diff')
    .summary('compare two versions')
    .description(
      'Checks two versions of the model to their end and says which claims differ: for each the ' +
        'schedule on which it fails in one of them, and what becomes of that in the other.',
    )
    .argument('<before>', 'a version, as matrix names it')
    .argument('<after>', 'another one')
    .addOption(new Option('--small', 'each in the smallest scope that shows what is expected'))
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
    .addOption(colorOption())
    .addOption(noColorOption())
    .addHelpText('after', '\nExample:\n  npm run diff -- rfc-v5-posted rfc-v5 --vcpus 1');
  const given = addParameters(command, model);
  command.action((before: string, after: string, raw: RawFlags) => {
    const flags: DiffFlags = {
      names: [before, after],
      small: raw.small ?? false,
      workers: raw.workers,
      maxMemory: raw.maxMemory,
      ...colorOf(raw),
    };
    invoke({ command: 'diff', flags, given });
  });
}
