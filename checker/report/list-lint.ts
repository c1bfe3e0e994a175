import { LOOP_LINE, TRACE_WIDTH, widthOf } from './trace-text.ts';

/** What a block is held against. */
export interface ListRules {
  /** Lines of the diagram may be indented by tabs. */
  readonly tabs: boolean;
  /** It shows something that goes on for ever. */
  readonly isLoop: boolean;
  /** A text in which each identifier of the block stands whole. */
  readonly words: string;
}

/** The fields that a block must have, in this order; others may stand between them. */
const FIELDS = [
  'Violates:',
  'Because:',
  'Found by:',
  'Memory order:',
  'Reproduce:',
  'Fixes: <12+ sha> ("subject")',
  'Reported-by:',
  'Closes:',
] as const;

/** Tags that only a human may put under a text. */
const TAGS_OF_PEOPLE = /^(Signed-off-by|Acked-by|Reviewed-by|Tested-by|Co-developed-by)/i;

/**
 * Which rules of the layout a block breaks, a line each: width, letters, columns, the marked line,
 * identifiers, fields and tags. None for a good block.
 */
export function lintList(lines: readonly string[], rules: ListRules): string[] {
  const end = lines.findIndex((line) => line.startsWith(FIELDS[0]));
  const diagram = lines.slice(0, Math.max(end, 0));
  return [
    ...lintMail(lines, rules),
    ...fieldFaults(lines),
    ...identifierFaults(lines, rules),
    ...loopFaults(diagram, rules),
    ...diagramFaults(withoutInitial(diagram)),
  ];
}

/** One line says where a loop begins. */
function loopFaults(lines: readonly string[], { isLoop }: ListRules): string[] {
  const count = lines.filter((line) => line.trim() === LOOP_LINE).length;
  return count === Number(isLoop) ? [] : ['where a loop begins is not said, or said too often'];
}

/** The lines below the initial values, if there are any. */
function withoutInitial(lines: readonly string[]): readonly string[] {
  return /^\s+Initially: /.test(lines[0] ?? '') ? lines.slice(lines.indexOf('') + 1) : lines;
}

/** Which rules any text for a list breaks, a line each: width, letters, and tags. */
export function lintMail(lines: readonly string[], rules: Pick<ListRules, 'tabs'>): string[] {
  return lines.flatMap((line, i) =>
    lineFaults(line, rules).map((fault) => `line ${i + 1} ${fault}`),
  );
}

function lineFaults(line: string, { tabs }: Pick<ListRules, 'tabs'>): string[] {
  const letters = tabs ? line.replaceAll('\t', '') : line;
  return [
    ...(widthOf(line) > TRACE_WIDTH ? [`has ${widthOf(line)} columns, not ${TRACE_WIDTH}`] : []),
    ...(/[^\x20-\x7e]/.test(letters) ? ['has a letter that is not plain ASCII'] : []),
    ...(/\s$/.test(line) ? ['ends in a space'] : []),
    ...(TAGS_OF_PEOPLE.test(line) ? ['is a tag that only a human may give'] : []),
  ];
}

function fieldFaults(lines: readonly string[]): string[] {
  const places = FIELDS.map((title) => lines.findIndex((line) => line.startsWith(title)));
  return FIELDS.flatMap((title, i) => {
    if (places[i]! < 0) return [`there is no ${title}`];
    return i > 0 && places[i]! < places[i - 1]! ? [`${title} stands before ${FIELDS[i - 1]}`] : [];
  });
}

/** A name with an underscore that is in no word of the source was broken, or made up. */
function identifierFaults(lines: readonly string[], { words }: ListRules): string[] {
  const command = lines.indexOf('Reproduce:');
  const after = lines.indexOf('', command);
  const prose = lines.filter((_, i) => i < command || i >= after);
  const names = prose.flatMap((line) => line.match(/\w*_\w*/g) ?? []);
  const known = new Set(words.match(/\w+/g));
  return [...new Set(names)]
    .filter((name) => !known.has(name))
    .map((name) => `${name} is no name of the source`);
}

/**
 * Columns, if there are any, are named in three lines: the threads, their roles, a rule as long as
 * the longer of the two. Below, a line has text in one column only, and time runs down.
 */
function diagramFaults(lines: readonly string[]): string[] {
  if (lines.length <= 2) return [];
  // What stands behind `...` is said below the diagram.
  const count = lines.findIndex((line) => line.startsWith('  (... '));
  const diagram = lines.slice(0, count < 0 ? lines.length : count);
  const carets = diagram.flatMap((line, i) => (/^\s*\^+$/.test(line) ? [i] : []));
  const last = diagram.findLastIndex((line) => line !== '');
  const dots = diagram.some((line) => /^\s*(\d+ \S+: +)?\.\.\.$/.test(line));
  return [
    ...(carets.length === 1 && carets[0] === last ? [] : ['no line of carets ends the diagram']),
    ...(carets.length === 1 && underlines(lines, carets[0]!) ? [] : ['the carets miss their line']),
    ...(dots === count >= 0 ? [] : ['what stands behind ... is not counted']),
    ...headFaults(diagram),
  ];
}

function underlines(lines: readonly string[], at: number): boolean {
  const marked = lines[at - 1] ?? '';
  const caret = lines[at]!;
  const start = caret.indexOf('^');
  return (
    marked.endsWith(' !!!') &&
    widthOf(marked) === widthOf(caret) &&
    /(^|\s)$/.test(marked.slice(0, start)) &&
    marked[start] !== ' '
  );
}

function headFaults(lines: readonly string[]): string[] {
  const [names = '', roles = '', rule = ''] = lines;
  // A numbered list: the threads, one a line, an empty line, the steps.
  if (!/^[\s-]+$/.test(rule)) {
    return lines.includes('') ? [] : ['there is neither a rule nor a list'];
  }
  const starts = startsOf(names);
  const columns = starts.map((start) => ({
    start,
    widths: [names, roles, rule].map((line) => wordAt(line, start).length),
    role: wordAt(roles, start),
  }));
  const faults = columns.flatMap(
    ({ start, widths: [name = 0, role = 0, dashes = 0], role: text }) => [
      ...(/^\(.*\)$/.test(text) ? [] : [`column ${start} has no role`]),
      ...(dashes === Math.max(name, role)
        ? []
        : [`the rule of column ${start} has another length`]),
    ],
  );
  const stray = lines
    .slice(3)
    .filter((line) => line !== '' && line.trim() !== LOOP_LINE)
    .filter((line) => starts.length > 1 && spansColumns(line, starts));
  return [...faults, ...stray.map((line) => `"${line.trim()}" stands in two columns`)];
}

/** Whether a line that begins in one column reaches into the next. */
function spansColumns(line: string, starts: readonly number[]): boolean {
  const column = starts.findLastIndex((start) => start <= indentOf(line));
  const next = starts[column + 1];
  return column < 0 || (next !== undefined && widthOf(line) > next);
}

/** The columns in which the words of a line of names begin. */
function startsOf(line: string): number[] {
  return [...line.matchAll(/\S+/g)].map(({ index }) => widthOf(line.slice(0, index)));
}

/** What begins in a column, up to the next two blanks or tab. */
function wordAt(line: string, column: number): string {
  let i = 0;
  while (i < line.length && widthOf(line.slice(0, i)) < column) i++;
  return line
    .slice(i)
    .split(/ {2}|\t/)[0]!
    .trimEnd();
}

function indentOf(line: string): number {
  return widthOf(line.match(/^\s*/)![0]);
}
