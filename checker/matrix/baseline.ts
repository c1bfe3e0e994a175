import * as v from 'valibot';
import { ModelError } from '../language/model-error.ts';
import { changedParameters, type Parameters, type Scope } from '../language/parameter.ts';
import type { RowEntry, RowScope } from './row-entry.ts';

const counted = v.pipe(v.number(), v.integer(), v.minValue(0));

const scopeRecord = v.strictObject({
  part: v.picklist(['safety', 'liveness']),
  scope: v.string(),
  states: counted,
  transitions: counted,
  depth: counted,
  /** For each claim that fails the length of a shortest schedule; up to its loop and that of it. */
  fails: v.record(v.string(), v.union([counted, v.strictTuple([counted, counted])])),
  /** The claims that hold. */
  holds: v.array(v.string()),
});

const tableRecord = v.strictObject({
  /** The flags of `matrix` that print this table. */
  flags: v.string(),
  rows: v.array(v.strictObject({ name: v.string(), scopes: v.array(scopeRecord) })),
});

const baseline = v.strictObject({
  schema: v.strictObject({ name: v.literal('matrix-baseline'), version: v.literal(1) }),
  model: v.string(),
  tables: v.array(tableRecord),
});

/** What was found in one scope when it was recorded. */
export type ScopeRecord = v.InferOutput<typeof scopeRecord>;
/** One table as it was recorded. */
export type TableRecord = v.InferOutput<typeof tableRecord>;
/** What a model is known to be like: the tables that were recorded. */
export type Baseline = v.InferOutput<typeof baseline>;

/**
 * Reads what `printBaseline` wrote.
 *
 * @throws ModelError with one line if it is something else, or of another model
 */
export function parseBaseline(text: string, shownAs: string, model: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ModelError(`${shownAs}: is not JSON; expected a baseline of matrix`);
  }
  const parsed = v.safeParse(baseline, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const place = v.getDotPath(issue) ?? 'the whole';
    throw new ModelError(
      `${shownAs}: ${place}: expected ${issue.expected}, received ${issue.received}`,
    );
  }
  if (parsed.output.model !== model) {
    throw new ModelError(
      `${shownAs}: is the baseline of ${parsed.output.model}, expected that of ${model}`,
    );
  }
  return parsed.output;
}

/** A baseline as JSON with one scope a line, so that a difference of two shows what moved. */
export function printBaseline({ schema, model, tables }: Baseline): string {
  const list = (lines: readonly string[], indent: string) =>
    lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n${indent}]`;
  const rowText = ({ name, scopes }: TableRecord['rows'][number]) => {
    const lines = scopes.map((scope) => `          ${JSON.stringify(scope)}`);
    return `        { "name": ${JSON.stringify(name)}, "scopes": ${list(lines, '        ')} }`;
  };
  const tableText = ({ flags, rows }: TableRecord) =>
    `    { "flags": ${JSON.stringify(flags)}, "rows": ${list(rows.map(rowText), '    ')} }`;
  return [
    '{',
    `  "schema": ${JSON.stringify(schema)},`,
    `  "model": ${JSON.stringify(model)},`,
    `  "tables": ${list(tables.map(tableText), '  ')}`,
    '}\n',
  ].join('\n');
}

/** A baseline with one table recorded anew, or one more; the tables are in order of their flags. */
export function withTable(
  known: Baseline | undefined,
  model: string,
  table: TableRecord,
): Baseline {
  const others = (known?.tables ?? []).filter(({ flags }) => flags !== table.flags);
  return {
    schema: { name: 'matrix-baseline', version: 1 },
    model,
    tables: [...others, table].sort((a, b) => (a.flags < b.flags ? -1 : 1)),
  };
}

/** What is to be recorded of a table. */
export function recordOf(
  flags: string,
  rows: readonly RowEntry[],
  parameters: Parameters,
): TableRecord {
  return {
    flags,
    rows: rows.map(({ name, scopes }) => ({
      name,
      scopes: scopes.map((scope) => scopeRecordOf(scope, parameters)),
    })),
  };
}

/** What is to be recorded of one scope. */
export function scopeRecordOf(found: RowScope, parameters: Parameters): ScopeRecord {
  const { part, scope, states, transitions, depth, cells } = found;
  return {
    part,
    scope: scopeName(scope, parameters),
    states,
    transitions,
    depth,
    fails: Object.fromEntries(
      cells.flatMap(({ claim, steps, loop }) =>
        steps === null ? [] : [[claim, loop === null ? steps : [steps, loop]]],
      ),
    ),
    holds: cells.filter(({ verdict }) => verdict === 'HOLDS').map(({ claim }) => claim),
  };
}

/** By what differs from the defaults, so that a new parameter leaves names as they are. */
export function scopeName(scope: Scope, parameters: Parameters): string {
  return changedParameters(parameters, scope)
    .map(([flag, value]) => `${flag}=${value}`)
    .join(' ');
}
