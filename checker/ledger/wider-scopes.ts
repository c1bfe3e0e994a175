import {
  flagName,
  type Parameters,
  type Scope,
  showParameterValue,
} from '../language/parameter.ts';

/** A scope that is bigger in one parameter. */
export interface WiderScope {
  /** The flag that asks for it. */
  readonly flag: string;
  readonly scope: Scope;
}

/** The scopes that are bigger by one step: a number by one, a list by one word. */
export function widerScopes(parameters: Parameters, scope: Scope): readonly WiderScope[] {
  return Object.entries(parameters).flatMap(([name, parameter]) => {
    const value = scope[name] ?? parameter.default;
    const widen = (to: Scope[string]): WiderScope => ({
      flag: `--${flagName(name)} ${showParameterValue(to)}`,
      scope: { ...scope, [name]: to },
    });
    if (parameter.kind === 'integer') {
      return typeof value === 'number' && value < parameter.max ? [widen(value + 1)] : [];
    }
    if (parameter.kind !== 'words' || !Array.isArray(value)) return [];
    const words = value as readonly string[];
    return parameter.words
      .filter((word) => !words.includes(word))
      .map((word) => widen([...words, word]));
  });
}
