import { type Command, Option } from 'commander';
import type { Model } from '../checker/language/model.ts';
import { ModelError } from '../checker/language/model-error.ts';
import {
  flagName,
  type Parameter,
  parseParameter,
  type Scope,
  showParameterValue,
} from '../checker/language/parameter.ts';
import { wrap } from '../checker/report/wrap.ts';

// Flags that several commands have.

/** Makes flags of the parameters of a model; what is given will be in the answer. */
export function addParameters(command: Command, { parameters }: Model): Partial<Scope> {
  const given: Record<string, Scope[string]> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    addParameter(command, name, parameter, (value) => {
      given[name] = value;
    });
  }
  return given;
}

function addParameter(
  command: Command,
  name: string,
  parameter: Parameter,
  take: (value: Scope[string]) => void,
): void {
  const flag = `--${flagName(name)}`;
  if (flag === '--help' || command.options.some(({ long }) => long === flag)) {
    const other = `a flag of ${command.name()}`;
    throw new ModelError(`parameter ${name} is also ${other}; expected another name`);
  }
  const option = new Option(`${flag} <${placeholder(parameter)}>`, parameterHelp(parameter))
    .argParser((text) => take(parseParameter(name, parameter, text)))
    .helpGroup('Scope:');
  command.addOption(option);
}

export function modelOption(): Option {
  return new Option('--model <file>', 'a TypeScript file with a model (default: the KVM model)');
}

export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document instead of the report');
}

export function tabsOption(): Option {
  return new Option(
    '--tabs',
    'indent the diagrams of lkml by tabs, for the comment of a source file',
  );
}

export function colorOption(): Option {
  return new Option('--color', 'use colours (default: if stdout is a terminal)');
}

export function noColorOption(): Option {
  return new Option('--no-color', 'use no colours');
}

export function colorOf({ color }: { readonly color?: boolean }): { color?: boolean } {
  return color === undefined ? {} : { color };
}

function placeholder(parameter: Parameter): string {
  return { integer: 'n', word: 'name', words: 'list' }[parameter.kind];
}

/** The help of a parameter, with the values that it takes. */
export function parameterHelp(parameter: Parameter): string {
  const values =
    parameter.kind === 'integer'
      ? `${parameter.min} to ${parameter.max}`
      : `${parameter.words.join(', ')}${parameter.kind === 'words' ? ', or none' : ''}`;
  return `${parameter.help} (${values}; default: ${showParameterValue(parameter.default)})`;
}

export function scopesHelp({ scopesHelp }: Model): string {
  return scopesHelp === undefined ? '' : `\n${wrap(scopesHelp, 80).join('\n')}\n`;
}

/** An example that names the first parameters, if there are any, after other words. */
export function example({ parameters }: Model, words: readonly string[], count: number): string {
  const flags = Object.entries(parameters)
    .slice(0, count)
    .flatMap(([name, parameter]) => [`--${flagName(name)}`, showParameterValue(parameter.default)]);
  return `\nExample:\n  npm run ${[...words, ...flags].join(' ')}`;
}
