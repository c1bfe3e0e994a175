import type { Command } from 'commander';
import type { Model } from '../checker/language/model.ts';
import type { Scope } from '../checker/language/parameter.ts';
import { addParameters, example, modelOption, scopesHelp, tabsOption } from './command-flags.ts';
import { UsageError } from './usage-error.ts';

/** What `export` prints of one scope of a model. */
type ScopeExport = 'promela' | 'promela-liveness' | 'contention';

const WHAT = 'promela, promela-liveness, contention or lkml';

/** What `export` is asked for. */
export type ExportRequest = { readonly command: 'export' } & (
  | { readonly what: ScopeExport; readonly given: Partial<Scope> }
  | { readonly what: 'lkml'; readonly schedule: string; readonly tabs: boolean }
);

/** Adds the command to a program. */
export function addExport(
  program: Command,
  model: Model,
  invoke: (request: ExportRequest) => void,
): void {
  const command = program
    .command('export')
    .summary('print a model or a schedule in the form that others read')
    .description('Prints a model or a schedule in the form that others read.')
    .argument('[what]', WHAT)
    .addHelpText('after', example(model, ['export', '--', 'contention'], 1))
    .action((what?: string) => {
      const asked = what === undefined ? 'export' : `export ${what}`;
      throw new UsageError(`${asked}: expected ${WHAT}`);
    });
  const add = (what: ScopeExport, summary: string, description: string) => {
    const subcommand = command
      .command(what)
      .summary(summary)
      .description(description)
      .addOption(modelOption())
      .addHelpText('after', scopesHelp(model) + example(model, ['export', '--', what], 2));
    const given = addParameters(subcommand, model);
    subcommand.action(() => invoke({ command: 'export', what, given }));
  };
  add(
    'promela',
    'a model for SPIN',
    'Prints the automata of one scope of a model, so that SPIN reaches the same states. The ' +
      'comment on top says how.',
  );
  add(
    'promela-liveness',
    'the same for claims over infinite runs',
    'Prints the automata of one scope of a model with its claims over infinite runs, as never ' +
      'claims that SPIN can judge. The comment on top says how.',
  );
  add(
    'contention',
    'who uses what, shared or exclusive',
    'Prints which functions use which locks and variables, shared or exclusive, in one scope of ' +
      'a model: a table for a mail to a kernel list.',
  );
  command
    .command('lkml')
    .summary('a schedule as plain text to paste into a mail to a kernel list')
    .description(
      'Draws a schedule that violates its claim, as check --reporter lkml draws what it finds.',
    )
    .argument('<schedule>', 'the schedule, as it was printed')
    .addOption(modelOption())
    .addOption(tabsOption())
    .addHelpText('after', "\nExample:\n  npm run export -- lkml 'SCHEDULE'")
    .action((schedule: string, { tabs = false }: { tabs?: boolean }) =>
      invoke({ command: 'export', what: 'lkml', schedule, tabs }),
    );
}
