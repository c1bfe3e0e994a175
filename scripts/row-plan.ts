import type { ClaimOutline } from '../checker/check/claim-results.ts';
import type { MatrixRow, TableName } from '../checker/language/matrix-row.ts';
import { flagName, type Scope } from '../checker/language/parameter.ts';
import { faultMessage } from './fault.ts';
import { claimsOf, type LoadedModel, scopesOf } from './loaded-model.ts';
import { commandsFor } from './reproduction.ts';
import type { PlannedRow } from './run-rows.ts';
import { UsageError } from './usage-error.ts';

/** A row that is to be checked, and the claims that it judges. */
export interface Plan extends PlannedRow {
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

/** The scopes and claims of a row, or the fault that keeps it from having some. */
export function planRow(
  loaded: LoadedModel,
  row: MatrixRow,
  small: boolean,
  given: Partial<Scope>,
): Plan {
  const all = defined({ ...(small ? row.smallest : {}), ...given, ...row.given });
  const plain = { engine: 'compiled', symmetry: 'verified', keepGoing: true } as const;
  const { command } = commandsFor(plain, all, loaded.path, process.cwd());
  try {
    const scopes = scopesOf(loaded, all);
    return { row, command, scopes, claims: claimsOf(loaded, scopes, []) };
  } catch (error) {
    return { row, command, scopes: [], claims: [], fault: faultMessage(error) };
  }
}

function defined(scope: Partial<Scope>): Partial<Scope> {
  return Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined));
}
