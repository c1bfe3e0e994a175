import type { ClaimOutline } from '../checker/check/claim-results.ts';
import type { Part } from '../checker/check/result.ts';
import type { MatrixRow, TableName } from '../checker/language/matrix-row.ts';
import { flagName, type Scope } from '../checker/language/parameter.ts';
import type { RowOutcome, RowSearch } from '../checker/matrix/row-entry.ts';
import { faultMessage } from './fault.ts';
import { claimsOf, type LoadedModel, livenessScopesOf, scopesOf } from './loaded-model.ts';
import { commandsFor } from './reproduction.ts';
import type { RowFlags } from './row-flags.ts';
import { UsageError } from './usage-error.ts';

/** A row that is to be checked, and the claims that it judges; with a fault if it cannot be. */
export interface RowPlan extends Omit<RowOutcome, 'results'> {
  readonly claims: readonly ClaimOutline[];
}

/**
 * The rows of a table of the model.
 *
 * @throws UsageError if it has none, or if `given` names a parameter that they set
 */
export function rowsOf(
  { model, file }: LoadedModel,
  table: TableName,
  given: Partial<Scope>,
): readonly MatrixRow[] {
  const rows = model.matrix?.[table];
  if (rows === undefined || rows.length === 0) {
    throw new UsageError(
      `${file.shownAs}: names no ${table}; expected matrix.${table} in its defineModel()`,
    );
  }
  const names = rows.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UsageError(`${file.shownAs}: matrix.${table} has two rows called ${twice}`);
  }
  const set = Object.keys(given).find((name) => rows.some((row) => name in row.given));
  if (set !== undefined) {
    throw new UsageError(
      `--${flagName(set)}: the rows of the table of ${table} set it; expected another flag`,
    );
  }
  return rows;
}

/**
 * The searches and claims of a row, those of its check, or the fault that keeps it from having
 * some.
 */
export function planRow(
  loaded: LoadedModel,
  row: MatrixRow,
  { small, liveness }: Pick<RowFlags, 'small' | 'liveness'>,
  given: Partial<Scope>,
): RowPlan {
  const all = defined({ ...(small ? row.smallest : {}), ...given, ...row.given });
  const plain = { engine: 'compiled', symmetry: 'verified', keepGoing: true } as const;
  const flags = liveness ? plain : { ...plain, liveness };
  const { command } = commandsFor(flags, all, loaded.path, process.cwd());
  try {
    const [scopes, livenessScopes] = [scopesOf(loaded, all), livenessScopesOf(loaded, all)];
    const claims = claimsOf(loaded, scopes, livenessScopes);
    const endless = claims.filter(({ kind }) => kind === 'liveness');
    const judgesLiveness = liveness && endless.length > 0;
    return {
      row,
      command,
      searches: [
        ...searchesOf('safety', scopes),
        ...(judgesLiveness ? searchesOf('liveness', livenessScopes) : []),
      ],
      claims: liveness ? claims : claims.filter((claim) => !endless.includes(claim)),
      leftOut: liveness ? [] : endless.map(({ id }) => id),
    };
  } catch (error) {
    const nothing = { searches: [], claims: [], leftOut: [] };
    return { row, command, ...nothing, fault: faultMessage(error) };
  }
}

function searchesOf(part: Part, scopes: readonly Scope[]): readonly RowSearch[] {
  return scopes.map((scope) => ({ part, scope }));
}

function defined(scope: Partial<Scope>): Partial<Scope> {
  return Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined));
}
