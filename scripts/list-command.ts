import { flagName, type WordParameter } from '../checker/language/parameter.ts';
import { wrap } from '../checker/report/wrap.ts';
import { parameterHelp } from './command-flags.ts';
import { claimsOf, type LoadedModel, livenessScopesOf, scopesOf } from './loaded-model.ts';

const WIDTH = 100;

/** Prints the parameters and claims of a model. */
export function listCommand(loaded: LoadedModel): number {
  const { model } = loaded;
  const parameters = Object.entries(model.parameters).flatMap(([name, parameter]) =>
    entry(`--${flagName(name)}`, parameterHelp(parameter)),
  );
  const meanings = Object.entries(model.parameters).flatMap(([name, parameter]) =>
    parameter.kind === 'word' ? meaningsOf(`--${flagName(name)}`, parameter.about) : [],
  );
  const outline = claimsOf(loaded, scopesOf(loaded, {}), livenessScopesOf(loaded, {}));
  const claims = outline.flatMap(({ id, kind, sentence, source }) =>
    entry(id, `${sentence} (${kind}${source === undefined ? '' : `; ${source}`})`),
  );
  const lines = [
    `${model.name} ${model.version}: ${model.summary}`,
    '',
    'parameters',
    ...parameters,
    ...meanings,
    '',
    'claims',
    ...claims,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

/** What the words of a parameter stand for. */
function meaningsOf(flag: string, about: WordParameter['about']): string[] {
  const words = Object.entries(about);
  if (words.length === 0) return [];
  const longest = Math.max(...words.map(([word]) => word.length));
  return ['', flag, ...words.flatMap(([word, text]) => entry(word, text, longest + 4))];
}

function entry(name: string, text: string, column = 20): string[] {
  const [first = '', ...rest] = wrap(text, WIDTH - column);
  const head = `  ${name}  `.padEnd(column);
  return [head + first, ...rest.map((line) => ' '.repeat(column) + line)];
}
