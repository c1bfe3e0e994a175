import type { Model } from '../language/model.ts';
import type { CheckDocument } from '../report/document.ts';
import type { ReplayDocument } from '../report/replay-report.ts';
import type { Difference } from './difference.ts';
import type { RowEntry } from './row-entry.ts';

/** The schedule on which a claim fails in one row, and what becomes of it in the other. */
export interface Exhibit {
  /** Where the claim fails. */
  readonly row: string;
  /** The check of the scope with the shortest schedule, and of this claim only. */
  readonly check: CheckDocument;
  readonly elsewhere: {
    readonly row: string;
    /** Null if the claim is not made there. */
    readonly replay: ReplayDocument | null;
  };
}

/** One claim of which two rows do not say the same. */
export interface DifferenceEntry extends Difference {
  readonly sentence: string;
  /** Null if the claim fails in neither of them. */
  readonly exhibit: Exhibit | null;
}

/** What `diff` found, for machines; the text is derived from it. */
export interface DiffDocument {
  readonly schema: { readonly name: 'diff'; readonly version: 1 };
  readonly model: { readonly name: string; readonly version: string };
  /** The command that prints this again, without its limits. */
  readonly command: string;
  /** There are claims over infinite runs, which were not judged. */
  readonly leavesOutLiveness: boolean;
  readonly before: string;
  readonly after: string;
  readonly differences: readonly DifferenceEntry[];
  readonly timing: { readonly seconds: number };
}

export interface DiffContext {
  readonly model: Pick<Model, 'name' | 'version'>;
  readonly command: string;
  readonly leavesOutLiveness: boolean;
  readonly rows: readonly [RowEntry, RowEntry];
  readonly seconds: number;
}

/** The document of two rows that were searched to their end. */
export function diffDocumentOf(
  differences: readonly DifferenceEntry[],
  { model: { name, version }, command, leavesOutLiveness, rows, seconds }: DiffContext,
): DiffDocument {
  const [before, after] = rows;
  return {
    schema: { name: 'diff', version: 1 },
    model: { name, version },
    command,
    leavesOutLiveness,
    before: before.name,
    after: after.name,
    differences,
    timing: { seconds },
  };
}
