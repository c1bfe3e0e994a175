/** A number given as `--name 3`. */
export interface IntegerParameter {
  readonly kind: 'integer';
  readonly help: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** One of some words given as `--name word`. */
export interface WordParameter {
  readonly kind: 'word';
  readonly help: string;
  readonly default: string;
  readonly words: readonly string[];
  /** What a word stands for, in one line, for lists. */
  readonly about: Readonly<Record<string, string>>;
  /** Other spellings, e.g. the number of a mutation. */
  readonly aliases: Readonly<Record<string, string>>;
}

/** Several of some words given as `--name a,b`; `none` for the empty list. */
export interface WordsParameter {
  readonly kind: 'words';
  readonly help: string;
  readonly default: readonly string[];
  readonly words: readonly string[];
}

/** What a model lets the command line choose. Names are camelCase here, kebab-case as flags. */
export type Parameter = IntegerParameter | WordParameter | WordsParameter;
export type Parameters = Readonly<Record<string, Parameter>>;

/** The type of the values of one parameter. */
export type ValueOf<S extends Parameter> = S extends IntegerParameter
  ? number
  : S extends WordParameter
    ? string
    : readonly string[];

/** A value for each parameter: one scope. */
export type ScopeOf<P extends Parameters> = { readonly [K in keyof P]: ValueOf<P[K]> };
export type Scope = Readonly<Record<string, number | string | readonly string[]>>;

export function integer(spec: Omit<IntegerParameter, 'kind'>): IntegerParameter {
  return { kind: 'integer', ...spec };
}

export function word(
  spec: Omit<WordParameter, 'kind' | 'about' | 'aliases'> &
    Partial<Pick<WordParameter, 'about' | 'aliases'>>,
): WordParameter {
  return { kind: 'word', about: {}, aliases: {}, ...spec };
}

export function words(spec: Omit<WordsParameter, 'kind'>): WordsParameter {
  return { kind: 'words', ...spec };
}

/** A value that is not allowed: what was given and what was expected, in one line. */
export class ParameterError extends Error {
  override readonly name = 'ParameterError';
}

/**
 * Reads the text of a flag.
 *
 * @throws ParameterError with one line that names the flag, the value and what was expected
 */
export function parseParameter(
  name: string,
  parameter: Parameter,
  text: string,
): number | string | readonly string[] {
  const flag = `--${flagName(name)}`;
  switch (parameter.kind) {
    case 'integer': {
      const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
      if (!(value >= parameter.min && value <= parameter.max)) {
        throw new ParameterError(
          `${flag} ${text}: expected a whole number from ${parameter.min} to ${parameter.max}`,
        );
      }
      return value;
    }
    case 'word':
      return parseWord(flag, text, parameter.words, parameter.aliases);
    case 'words':
      if (text === 'none' || text === '') return [];
      // Sorted by declaration, so that the same set is the same scope.
      return [
        ...new Set(text.split(',').map((part) => parseWord(flag, part, parameter.words))),
      ].sort((a, b) => parameter.words.indexOf(a) - parameter.words.indexOf(b));
  }
}

/** `maxStates` as it is written on the command line: `max-states`. */
export function flagName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The parameters of a scope that differ from their defaults: flags without dashes, and values. */
export function changedParameters(
  parameters: Parameters,
  scope: Scope,
): readonly (readonly [flag: string, value: string])[] {
  return Object.entries(parameters).flatMap(([name, parameter]) => {
    const value = showParameterValue(scope[name] ?? parameter.default);
    return value === showParameterValue(parameter.default)
      ? []
      : [[flagName(name), value] as const];
  });
}

/** A value of a scope as it is written on the command line. */
export function showParameterValue(value: number | string | readonly string[]): string {
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.join(',');
  return String(value);
}

function parseWord(
  flag: string,
  text: string,
  allowed: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
): string {
  const meant = Object.hasOwn(aliases, text) ? aliases[text] : text;
  if (meant === undefined || !allowed.includes(meant)) {
    throw new ParameterError(`${flag} ${text}: expected one of ${allowed.join(', ')}`);
  }
  return meant;
}
