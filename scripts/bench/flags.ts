import { Command, CommanderError } from 'commander';
import { parseCount } from '../quantity.ts';
import { UsageError } from '../usage-error.ts';

/** What the command line asks for. */
export interface BenchFlags {
  readonly rounds: number;
  readonly only?: string;
  readonly quick: boolean;
  readonly write: boolean;
}

const ROUNDS = 3;

/**
 * Reads the command line.
 *
 * @throws UsageError in one line if it cannot be read
 * @returns the flags, or the help that was asked for
 */
export function benchFlags(args: readonly string[]): BenchFlags | string {
  let help = '';
  const program = new Command('bench')
    .description('measures our searches, SPIN and TLC on the same state spaces, side by side')
    .option('--rounds <n>', 'counted runs of each', (text) => parseCount('--rounds', text), ROUNDS)
    .option('--only <text>', 'only the workloads whose name has this in it')
    .option('--quick', 'only the small workloads', false)
    .option(
      '--write',
      'put the tables into docs/performance.md, where they replace those of the same workloads',
      false,
    )
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: () => {},
    });
  try {
    return program.parse(args, { from: 'user' }).opts<BenchFlags>();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return help;
    const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    throw new UsageError(`${message}; expected --rounds N, --only TEXT, --quick or --write`);
  }
}
