import { type Command, Option } from 'commander';
import { addParameters, modelOption } from './command-flags.ts';
import type { CheckFlags, Invocation, Surroundings } from './command-line.ts';
import { type ExplainFlags, FORMS } from './explain-command.ts';
import { UsageError } from './usage-error.ts';

interface RawFlags {
  readonly functions?: readonly string[];
  readonly races?: boolean;
  readonly claims?: boolean;
  readonly as?: ExplainFlags['as'];
}

/** Adds the command `explain`. */
export function addExplain(
  program: Command,
  around: Surroundings,
  invoke: (invocation: Invocation) => void,
): void {
  const { model } = around;
  const command = program
    .command('explain')
    .summary('say which claim fails without each lock, order, test and step')
    .description(
      'Takes one thing at a time away from some functions: a lock, the order of two operations, ' +
        'a result that is looked at, a step, one from or to a number of a call. Checks what is ' +
        'left, and says which claim fails then, or that none notices.\n\n' +
        'With --claims it says instead what a check makes of the sentences of the thread that ' +
        'the model quotes, as a reply to it: check --keep-going --reporter reply for short, with ' +
        'the exit code of check.',
    )
    .addOption(modelOption())
    .addOption(
      new Option(
        '--functions <list>',
        'what to take apart (default: what the model names)',
      ).argParser((text) => text.split(',')),
    )
    .addOption(new Option('--races', 'draw the race that appears without each thing'))
    .addOption(
      new Option(
        '--as <form>',
        'a table, or the functions with a comment per line to paste (default: table)',
      ).choices(FORMS),
    )
    .addOption(new Option('--claims', 'reply to what was said: quote it, and say what holds'))
    .addHelpText('after', '\nExample:\n  npm run explain -- --functions tdx_check_accept_level');
  const given = addParameters(command, model);
  command.action(({ functions, races = false, claims = false, as }: RawFlags) => {
    if (!claims) {
      if (as === 'code' && races) {
        throw new UsageError('--races: code has its races below it; expected one of the two');
      }
      const flags = { ...(functions === undefined ? {} : { functions }), races, as: as ?? 'table' };
      return invoke({ command: 'explain', flags, given });
    }
    if (functions !== undefined || races || as !== undefined) {
      throw new UsageError('--claims: expected none of --functions, --races and --as with it');
    }
    invoke({ command: 'check', flags: replyFlags(around), given });
  });
}

/** Decides every claim, and writes the reply. */
function replyFlags({ memoryBytesMax, cores }: Surroundings): CheckFlags {
  return {
    engine: 'compiled',
    limits: { memoryBytesMax },
    workers: cores,
    symmetry: 'verified',
    keepGoing: true,
    shrink: false,
    reports: [{ reporter: 'reply' }],
    tabs: false,
  };
}
