import { type Command, Option } from 'commander';
import type { Model } from '../checker/language/model.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { addParameters, modelOption } from './command-flags.ts';
import type { ExplainFlags } from './explain-command.ts';

/** Adds the command `explain`. */
export function addExplain(
  program: Command,
  model: Model,
  invoke: (invocation: {
    readonly command: 'explain';
    readonly flags: ExplainFlags;
    readonly given: Partial<Scope>;
  }) => void,
): void {
  const command = program
    .command('explain')
    .summary('say which claim fails without each lock, order, test and step')
    .description(
      'Takes one thing at a time away from some functions: a lock, the order of two operations, ' +
        'a result that is looked at, a step, one from or to a number of a call. Checks what is ' +
        'left, and says which claim fails then, or that none notices.',
    )
    .addOption(modelOption())
    .addOption(
      new Option(
        '--functions <list>',
        'what to take apart (default: what the model names)',
      ).argParser((text) => text.split(',')),
    )
    .addOption(new Option('--races', 'draw the race that appears without each thing'))
    .addHelpText('after', '\nExample:\n  npm run explain -- --functions tdx_check_accept_level');
  const given = addParameters(command, model);
  command.action(({ functions, races }: { functions?: readonly string[]; races?: boolean }) =>
    invoke({
      command: 'explain',
      flags: { ...(functions === undefined ? {} : { functions }), races: races ?? false },
      given,
    }),
  );
}
