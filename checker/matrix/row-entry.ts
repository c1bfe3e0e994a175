import type { ClaimResult, ClaimVerdict, Part, ScopeResult, Verdict } from '../check/result.ts';
import type { MatrixRow } from '../language/matrix-row.ts';
import type { Scope } from '../language/parameter.ts';

/** One search of a row. */
export interface RowSearch {
  readonly part: Part;
  readonly scope: Scope;
}

/** What became of one row. */
export interface RowOutcome {
  readonly row: MatrixRow;
  /** The command that checks this row alone. */
  readonly command: string;
  /** The searches of the row; none if the model could not name them. */
  readonly searches: readonly RowSearch[];
  /** Ids of claims that were left out on demand. */
  readonly leftOut: readonly string[];
  /** What was found by those that were reached, in the same order. */
  readonly results: readonly ScopeResult[];
  /** Why a check could not run: one line. */
  readonly fault?: string;
}

/** What is known of one claim. */
export interface Cell {
  readonly claim: string;
  readonly verdict: ClaimVerdict;
  /** The length of a shortest schedule, if the claim fails; in an infinite run up to its loop. */
  readonly steps: number | null;
  /** The length of that loop, if the claim is one over infinite runs. */
  readonly loop: number | null;
  /** That schedule, for `replay`. */
  readonly schedule: string | null;
}

/** One scope of a row that was searched. */
export interface RowScope extends RowSearch {
  readonly verdict: Verdict;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly cells: readonly Cell[];
}

/** The verdict of a row. FAILED: a check could not run. */
export type RowVerdict = Verdict | 'FAILED';

/** One row as it is reported. */
export interface RowEntry {
  readonly name: string;
  readonly summary: string;
  readonly command: string;
  readonly verdict: RowVerdict;
  readonly fault: string | null;
  /** The claims of which one has to fail. */
  readonly expected: readonly string[];
  /** Whether one of them does, or none at all if none has to; null where that is not known. */
  readonly asExpected: boolean | null;
  /** Without those of the scopes for liveness, unless there are no others. */
  readonly states: number;
  readonly transitions: number;
  /** Over all scopes. */
  readonly cells: readonly Cell[];
  readonly scopes: readonly RowScope[];
}

/** One row from what became of its checks. */
export function rowEntryOf(outcome: RowOutcome): RowEntry {
  const { row, command, results, fault } = outcome;
  const scopes = results.map(rowScopeOf);
  const isWhole = scopes.length === outcome.searches.length && fault === undefined;
  const cells = cellsOf(scopes, isWhole);
  const verdict = verdictOf(scopes, isWhole, fault);
  const safety = scopes.filter(({ part }) => part === 'safety');
  const counted = safety.length > 0 ? safety : scopes;
  return {
    name: row.name,
    summary: row.summary,
    command,
    verdict,
    fault: fault ?? null,
    expected: row.fails,
    asExpected: asExpected(outcome, cells, verdict),
    states: counted.reduce((sum, { states }) => sum + states, 0),
    transitions: counted.reduce((sum, { transitions }) => sum + transitions, 0),
    cells,
    scopes,
  };
}

/** Ids of the claims that fail in a row. */
export function failing({ cells }: Pick<RowEntry, 'cells'>): readonly string[] {
  return cells.filter(({ verdict }) => verdict === 'VIOLATED').map(({ claim }) => claim);
}

function rowScopeOf(result: ScopeResult): RowScope {
  const { part, scope, verdict, states, transitions, depth, claims } = result;
  return { part, scope, verdict, states, transitions, depth, cells: claims.map(cellOf) };
}

function cellOf({ id, verdict, counterexample }: ClaimResult): Cell {
  return {
    claim: id,
    verdict,
    steps: counterexample?.steps.length ?? null,
    loop: counterexample?.loop?.steps.length ?? null,
    schedule: counterexample?.schedule ?? null,
  };
}

function cellsOf(scopes: readonly RowScope[], isWhole: boolean): readonly Cell[] {
  const merged = new Map<string, Cell>();
  for (const cell of scopes.flatMap(({ cells }) => cells)) {
    const known = merged.get(cell.claim);
    merged.set(cell.claim, known === undefined ? cell : worse(known, cell));
  }
  return [...merged.values()].map((cell) =>
    cell.verdict === 'HOLDS' && !isWhole ? { ...cell, verdict: 'UNDECIDED' } : cell,
  );
}

/** Of two violations the one with the shorter schedule. */
function worse(a: Cell, b: Cell): Cell {
  if (a.verdict === 'VIOLATED' && b.verdict === 'VIOLATED') {
    return lengthOf(b) < lengthOf(a) ? b : a;
  }
  const order = ['VIOLATED', 'UNDECIDED', 'HOLDS'] as const;
  return order.indexOf(b.verdict) < order.indexOf(a.verdict) ? b : a;
}

/** A length as tables show it: that of an infinite run up to its loop, and that of the loop. */
export function lengthText(steps: number, loop: number | null): string {
  return loop === null ? `${steps}` : `${steps}+${loop}`;
}

/** Steps until the violation is seen: for an infinite run, once round its loop. */
function lengthOf({ steps, loop }: Pick<Cell, 'steps' | 'loop'>): number {
  return (steps ?? 0) + (loop ?? 0);
}

function verdictOf(
  scopes: readonly RowScope[],
  isWhole: boolean,
  fault: string | undefined,
): RowVerdict {
  if (fault !== undefined) return 'FAILED';
  const verdicts = scopes.map(({ verdict }) => verdict);
  // Before VIOLATED: another claim may fail in the rest, so the row is not known.
  const found = (['INTERRUPTED', 'STOPPED'] as const).find((verdict) => verdicts.includes(verdict));
  if (found !== undefined) return found;
  if (!isWhole) return 'INTERRUPTED';
  return verdicts.includes('VIOLATED') ? 'VIOLATED' : 'EXHAUSTED';
}

function asExpected(
  { row: { fails }, leftOut }: RowOutcome,
  cells: readonly Cell[],
  verdict: RowVerdict,
): boolean | null {
  const failed = failing({ cells });
  if (fails.length === 0 && failed.length > 0) return false;
  if (fails.some((id) => failed.includes(id))) return true;
  if (verdict !== 'EXHAUSTED' && verdict !== 'VIOLATED') return null;
  if (fails.some((id) => leftOut.includes(id))) return null;
  return fails.length === 0;
}
