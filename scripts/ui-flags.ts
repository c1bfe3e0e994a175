import { type Command, Option } from 'commander';
import type { Model } from '../checker/language/model.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { addParameters, example, modelOption } from './command-flags.ts';
import { UsageError } from './usage-error.ts';

const PORT = 4173;
const PORT_MAX = 65_535;

/** What `ui` is asked for. */
export interface UiRequest {
  readonly command: 'ui';
  readonly given: Partial<Scope>;
  /** 0: any that is free. */
  readonly port: number;
}

/** Adds the command to a program. */
export function addUi(program: Command, model: Model, invoke: (request: UiRequest) => void): void {
  const command = program
    .command('ui')
    .summary('serve a page on which you choose each step')
    .description(
      'Serves a page on this machine on which you choose which thread moves next, go back, and ' +
        'jump to states in which something holds. Ctrl-C ends it.',
    )
    .addOption(modelOption())
    .addOption(
      new Option('--port <n>', 'port on 127.0.0.1, 0 for any that is free')
        .argParser(parsePort)
        .default(PORT),
    )
    .addHelpText('after', example(model, ['ui', '--'], 1));
  const given = addParameters(command, model);
  command.action(({ port }: { readonly port: number }) => invoke({ command: 'ui', given, port }));
}

function parsePort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= PORT_MAX)) {
    throw new UsageError(`--port ${text}: expected a whole number from 0 to ${PORT_MAX}`);
  }
  return port;
}
