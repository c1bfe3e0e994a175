import { type Cell, lengthText, type RowEntry } from './row-entry.ts';

/** What two rows say of one claim; nothing where the row does not judge it. */
export interface Difference {
  readonly claim: string;
  readonly before: Cell | null;
  readonly after: Cell | null;
}

/** The claims of which two rows do not say the same; lengths of schedules are no difference. */
export function differencesOf(before: RowEntry, after: RowEntry): readonly Difference[] {
  const claims = new Set([...before.cells, ...after.cells].map(({ claim }) => claim));
  const cellOf = ({ cells }: RowEntry, id: string) =>
    cells.find(({ claim }) => claim === id) ?? null;
  return [...claims]
    .map((claim) => ({ claim, before: cellOf(before, claim), after: cellOf(after, claim) }))
    .filter((one) => one.before?.verdict !== one.after?.verdict);
}

/** What a row says of a claim, in words. */
export function cellWords(cell: Cell | null): string {
  if (cell === null) return 'not judged';
  const { verdict, steps, loop } = cell;
  if (steps === null) return verdict;
  return loop === null
    ? `${verdict} after ${steps} steps`
    : `${verdict} in a loop, ${lengthText(steps, loop)} steps`;
}
