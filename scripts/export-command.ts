import { promelaOf } from '../checker/export/promela.ts';
import { completeScope } from '../checker/language/model.ts';
import { flagName, type Scope, showParameterValue } from '../checker/language/parameter.ts';
import { commonScope } from '../checker/report/document.ts';
import { showScope } from '../checker/report/headline.ts';
import { type LoadedModel, named, preparedOf, scopesOf } from './loaded-model.ts';
import { UsageError } from './usage-error.ts';

/** Prints the automata of one scope in the language of another model checker. */
export function exportCommand(loaded: LoadedModel, given: Partial<Scope>): number {
  const { name, version } = loaded.model;
  const scope = onlyScope(loaded, given);
  const prepared = preparedOf(loaded, scope);
  const values = showScope(scope);
  const title = `${name} ${version}${values === '' ? '' : `: ${values}`}`;
  process.stdout.write(named(loaded.file, () => promelaOf(prepared, title)));
  return 0;
}

/** The scope that the user named; several default scopes are no answer to what is to be printed. */
function onlyScope(loaded: LoadedModel, given: Partial<Scope>): Scope {
  const scopes = scopesOf(loaded, given);
  const [first, ...others] = scopes as readonly [Scope, ...Scope[]];
  if (others.length === 0) return first;
  const common = commonScope(scopes);
  const differing = Object.entries(first).filter(([name]) => !(name in common));
  if (differing.every(([name]) => given[name] !== undefined)) {
    return completeScope(loaded.model.parameters, given);
  }
  const flags = differing.map(
    ([name, value]) => `--${flagName(name)} ${showParameterValue(value)}`,
  );
  throw new UsageError(
    `a check of this covers ${scopes.length} scopes, and an export is of one; ` +
      `expected flags that name it, e.g. ${flags.join(' ')}`,
  );
}
