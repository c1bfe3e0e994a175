import type { TraceStep } from '../check/result.ts';
import { type Cell, cellsOf } from './trace-cells.ts';
import { wordsOf, wrap } from './wrap.ts';

/** No line is wider, so that it survives a mail. */
export const TRACE_WIDTH = 75;

const INDENT = 2;

/** Where columns begin and how wide their cells are, by the number of threads. */
const COLUMNS: Readonly<Record<number, { readonly starts: readonly number[]; width: number }>> = {
  1: { starts: [2], width: 73 },
  2: { starts: [2, 38], width: 36 },
  3: { starts: [2, 26, 50], width: 23 },
};

/** Marks what cannot be laid out in the width given. */
class TooWide extends Error {}

/**
 * A schedule drawn in ASCII: a column per thread, time running down, the violating line marked if
 * it ends in one.
 * Where a column is too narrow for a cell, or there are more than three threads, a numbered list.
 */
export function traceText(
  steps: readonly TraceStep[],
  end: 'violation' | 'none' = 'violation',
): string[] {
  if (steps.length === 0) return [`${' '.repeat(INDENT)}(the initial state)`];
  const cells = cellsOf(steps);
  const violating = end === 'violation' ? cells.at(-1) : undefined;
  const roles = new Map(steps.map(({ thread, role }) => [thread, role]));
  const columns = COLUMNS[roles.size];
  if (columns === undefined) return listOf(cells, roles, violating);
  try {
    return columnsOf(cells, roles, columns, violating);
  } catch (error) {
    if (!(error instanceof TooWide)) throw error;
    return listOf(cells, roles, violating);
  }
}

function columnsOf(
  cells: readonly Cell[],
  roles: ReadonlyMap<string, string>,
  { starts, width }: { readonly starts: readonly number[]; readonly width: number },
  violating: Cell | undefined,
): string[] {
  const names = threadOrder(roles);
  const headers = names.map((name) => {
    const lines = [name, `(${roles.get(name)})`];
    return [...lines, '-'.repeat(Math.max(...lines.map(({ length }) => length)))];
  });
  if (headers.flat().some((line) => line.length > width)) throw new TooWide();
  const head = [0, 1, 2].map((row) => {
    const parts = headers.map((header, i) => ({ at: starts[i]!, text: header[row]! }));
    return parts.reduce((line, { at, text }) => line.padEnd(at) + text, '');
  });
  const unit = cells.some((cell) => fitIndent(cell, width) < cell.depth * 2) ? 1 : 2;
  const body = cells.flatMap((cell) => {
    const start = ' '.repeat(starts[names.indexOf(cell.thread)]!);
    return linesOf(cell, cell === violating, width, unit).map((line) => start + line);
  });
  return [...head, ...body];
}

/** The threads in the order of their names, numbers counted as such: vCPU2 before vCPU10. */
function threadOrder(roles: ReadonlyMap<string, string>): string[] {
  const collator = new Intl.Collator('en', { numeric: true });
  return [...roles.keys()].sort(collator.compare);
}

function listOf(
  cells: readonly Cell[],
  roles: ReadonlyMap<string, string>,
  violating: Cell | undefined,
): string[] {
  const digits = String(cells.at(-1)?.step ?? 0).length;
  const longest = Math.max(...[...roles.keys()].map(({ length }) => length));
  const legend = threadOrder(roles).map(
    (name) => `${' '.repeat(INDENT)}${name} (${roles.get(name)})`,
  );
  const body = cells.flatMap((cell, i) => {
    const isFirst = cells[i - 1]?.step !== cell.step;
    const head = `${' '.repeat(INDENT)}${String(cell.step).padStart(digits)} ${cell.thread}: `;
    const start = INDENT + digits + 3 + longest;
    const width = TRACE_WIDTH - start;
    const lines = linesOf(cell, cell === violating, width, 1, 'overflow');
    return lines.map((line, row) => (isFirst && row === 0 ? head : '').padEnd(start) + line);
  });
  return [...legend, '', ...body];
}

/** The lines of one cell, indented by its depth, or by less where it would not fit. */
function linesOf(
  cell: Cell,
  isViolation: boolean,
  width: number,
  unit: number,
  ifTooWide: 'overflow' | 'throw' = 'throw',
): string[] {
  const room = fitIndent(cell, width);
  if (room < 0 && ifTooWide === 'throw') throw new TooWide();
  const depth = Math.max(0, Math.min(cell.depth * unit, room));
  const mark = isViolation ? ' !!!' : '';
  const remark = cell.remark === undefined ? '' : `// ${cell.remark}`;
  const onOneLine = `${cell.text}${remark === '' ? '' : `  ${remark}`}${mark}`;
  const lines =
    depth + onOneLine.length <= width
      ? [onOneLine]
      : [
          ...wrap(remark === '' ? cell.text + mark : cell.text, width - depth, 2),
          ...(remark === '' ? [] : wrappedRemark(remark + mark, width - depth)),
        ];
  if (isViolation) lines.push(underline(lines.at(-1)!));
  return lines.map((line) => ' '.repeat(depth) + line);
}

function wrappedRemark(remark: string, width: number): string[] {
  const [first = '', ...rest] = wrap(remark.slice(3), width - 5);
  return [`  // ${first}`, ...rest.map((line) => `  // ${line}`)];
}

function underline(line: string): string {
  const text = line.trimStart();
  return ' '.repeat(line.length - text.length) + '^'.repeat(text.length);
}

/** The widest indentation with which the longest word of a cell fits; negative if none does. */
function fitIndent(cell: Cell, width: number): number {
  const [first = '', ...others] = wordsOf(cell.text);
  const remarks = cell.remark === undefined ? [] : wordsOf(cell.remark);
  return (
    width -
    Math.max(
      first.length,
      ...others.map(({ length }) => length + 2),
      ...remarks.map(({ length }) => length + 5),
    )
  );
}
