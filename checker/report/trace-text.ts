import type { TraceStep } from '../check/result.ts';
import { type Cell, cellsOf } from './trace-cells.ts';
import { wordsOf, wrap } from './wrap.ts';

/** No line is wider, so that it survives a mail. */
export const TRACE_WIDTH = 75;

/** The width of a tab, on which the columns lie where tabs are used. */
const TAB = 8;

/** What stands between the lines that lead to a loop and those of the loop. */
export const LOOP_LINE = 'From here again and again:';

/** Where a column begins, and how wide its cells may be. */
export interface Column {
  readonly start: number;
  readonly width: number;
}

/** The columns by the number of threads, and where a list begins. */
interface Layout {
  readonly columns: Readonly<Record<number, readonly Column[]>>;
  readonly indent: number;
  /** Leading spaces are written as tabs. */
  readonly tabs: boolean;
}

/** How to draw a trace. */
export interface Drawing {
  /** What the last line is marked as. */
  readonly end: 'violation' | 'none';
  /** Indent by tabs, for text that goes into comments of code. */
  readonly tabs: boolean;
  /** Number of the first step of a loop, from 1. */
  readonly loopFrom?: number;
}

/** A layout, and the cell to be marked. */
interface Sheet extends Layout {
  readonly violating: Cell | undefined;
  /** The first one of a loop. */
  readonly loopHead: Cell | undefined;
}

const SPACED: Layout = {
  columns: {
    1: [{ start: 2, width: 73 }],
    2: [
      { start: 2, width: 36 },
      { start: 38, width: 36 },
    ],
    3: [
      { start: 2, width: 23 },
      { start: 26, width: 23 },
      { start: 50, width: 23 },
    ],
  },
  indent: 2,
  tabs: false,
};

const TABBED: Layout = {
  columns: {
    1: [{ start: TAB, width: TRACE_WIDTH - TAB }],
    2: [
      { start: TAB, width: 4 * TAB - 1 },
      { start: 5 * TAB, width: TRACE_WIDTH - 5 * TAB },
    ],
  },
  indent: TAB,
  tabs: true,
};

/** Marks what cannot be laid out in the width given. */
class TooWide extends Error {}

/**
 * A schedule drawn in ASCII: a column per thread, time running down, the violating line marked if
 * it ends in one. Where a column is too narrow for a cell, or there are more than three threads, a
 * numbered list.
 */
export function traceText(
  steps: readonly TraceStep[],
  end: Drawing['end'] = 'violation',
): string[] {
  if (steps.length === 0) return [`${' '.repeat(SPACED.indent)}(the initial state)`];
  const roles = new Map(steps.map(({ thread, role }) => [thread, role]));
  return drawCells(cellsOf(steps), roles, { end, tabs: false });
}

/** Draws cells like `traceText`, given the role of each thread by its name. */
export function drawCells(
  cells: readonly Cell[],
  roles: ReadonlyMap<string, string>,
  { end, tabs, loopFrom = Infinity }: Drawing,
): string[] {
  const violating = end === 'violation' ? cells.at(-1) : undefined;
  const loopHead = cells.find(({ step }) => step >= loopFrom);
  const sheet: Sheet = { ...(tabs ? TABBED : SPACED), violating, loopHead };
  const columns = sheet.columns[roles.size];
  if (columns === undefined) return listOf(cells, roles, sheet);
  try {
    return columnsOf(cells, roles, columns, sheet);
  } catch (error) {
    if (!(error instanceof TooWide)) throw error;
    return listOf(cells, roles, sheet);
  }
}

function columnsOf(
  cells: readonly Cell[],
  roles: ReadonlyMap<string, string>,
  columns: readonly Column[],
  { indent, tabs, violating, loopHead }: Sheet,
): string[] {
  const names = threadOrder(roles);
  const headers = names.map((name, i) => {
    const lines = [name, `(${roles.get(name)})`];
    const width = Math.max(...lines.map(({ length }) => length));
    if (width > columns[i]!.width) throw new TooWide();
    return [...lines, '-'.repeat(width)];
  });
  const head = [0, 1, 2].map((row) =>
    headers.reduce((line, header, i) => padTo(line, columns[i]!.start, tabs) + header[row]!, ''),
  );
  const columnOf = (cell: Cell) => columns[names.indexOf(cell.thread)]!;
  const isTight = (cell: Cell) => fitIndent(cell, columnOf(cell).width) < cell.depth * 2;
  const unit = cells.some(isTight) ? 1 : 2;
  const body = cells.flatMap((cell) => {
    const { start, width } = columnOf(cell);
    const before = padTo('', start, tabs);
    const lines = linesOf(cell, cell === violating, width, unit).map((line) => before + line);
    return cell === loopHead ? [...loopTitle(indent, tabs), ...lines] : lines;
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
  { indent, tabs, violating, loopHead }: Sheet,
): string[] {
  const digits = String(cells.at(-1)?.step ?? 0).length;
  const longest = Math.max(...[...roles.keys()].map(({ length }) => length));
  const before = padTo('', indent, tabs);
  const legend = threadOrder(roles).map((name) => `${before}${name} (${roles.get(name)})`);
  const margin = digits + 3 + longest;
  const body = cells.flatMap((cell, i) => {
    const isFirst = cells[i - 1]?.step !== cell.step;
    const head = `${String(cell.step).padStart(digits)} ${cell.thread}: `;
    const width = TRACE_WIDTH - indent - margin;
    const lines = linesOf(cell, cell === violating, width, 1, 'overflow');
    const drawn = lines.map(
      (line, row) => before + (isFirst && row === 0 ? head : '').padEnd(margin) + line,
    );
    return cell === loopHead ? [...loopTitle(indent, tabs), ...drawn] : drawn;
  });
  return [...legend, '', ...body];
}

function loopTitle(indent: number, tabs: boolean): string[] {
  return ['', padTo('', indent, tabs) + LOOP_LINE, ''];
}

/** A line that is filled up to a column, by tabs if they are to be used. */
function padTo(line: string, column: number, tabs: boolean): string {
  if (!tabs) return line.padEnd(column);
  return line + '\t'.repeat(Math.ceil((column - widthOf(line)) / TAB));
}

/** The columns that a line takes, its tabs counted as such. */
export function widthOf(line: string): number {
  return [...line].reduce(
    (width, letter) => (letter === '\t' ? width + TAB - (width % TAB) : width + 1),
    0,
  );
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
