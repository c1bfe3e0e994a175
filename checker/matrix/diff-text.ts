import type { Paint } from '../report/paint.ts';
import { outcomeLine } from '../report/replay-report.ts';
import { violationBlock } from '../report/text-report.ts';
import type { DiffDocument, Exhibit } from './diff-document.ts';
import { cellWords } from './difference.ts';

/** What is about to be compared: the first line of the report. */
export function diffHeadline({
  model,
  before,
  after,
  leavesOutLiveness,
  command,
}: Pick<DiffDocument, 'before' | 'after' | 'leavesOutLiveness' | 'command'> & {
  readonly model: { readonly name: string };
}): string {
  const leftOut = leavesOutLiveness ? '; no liveness' : '';
  return `diff ${model.name}: ${before}, ${after}${leftOut}; ${command}`;
}

/** The report that people read, below the headline. */
export function diffText({ before, after, differences }: DiffDocument, paint: Paint): string {
  if (differences.length === 0) return 'No claim differs.\n';
  const summary = differences.map(
    ({ claim, ...cells }) =>
      `${claim}: ${before} ${cellWords(cells.before)}, ${after} ${cellWords(cells.after)}`,
  );
  const blocks = differences.flatMap(({ exhibit }) =>
    exhibit === null ? [] : [exhibitLines(exhibit, paint)],
  );
  return `${[summary, ...blocks].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function exhibitLines({ row, check, elsewhere }: Exhibit, paint: Paint): readonly string[] {
  return [
    `${row}:`,
    ...violationBlock(check.counterexample!, check, paint),
    elsewhere.replay === null
      ? `${elsewhere.row} makes no such claim.`
      : `${elsewhere.row}: ${outcomeLine(elsewhere.replay, paint)}`,
  ];
}
