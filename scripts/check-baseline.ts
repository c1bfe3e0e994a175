import type { CheckResult } from '../checker/check/result.ts';
import { type Baseline, recordOf, withTable } from '../checker/matrix/baseline.ts';
import { movedSince } from '../checker/matrix/moved.ts';
import { type RowEntry, rowEntryOf } from '../checker/matrix/row-entry.ts';
import type { BaselineEntry } from '../checker/report/document.ts';
import { type BaselineFile, baselineFile, readBaseline, writeBaseline } from './baseline-file.ts';
import type { LoadedModel } from './loaded-model.ts';

/** Whether and how a check is compared with what was recorded of it. */
export interface BaselineFlags {
  /** Whether what is found is recorded, after it was compared. */
  readonly update: boolean;
  /** Absent: the file beside the model. */
  readonly file?: string;
}

/** The record of one check: a table of one row, in the file of `matrix`. */
export class CheckBaseline {
  private readonly loaded: LoadedModel;
  private readonly flags: string;
  private readonly file: BaselineFile;
  private readonly known: Baseline | undefined;

  /**
   * @param words the flags of the check, which tell its record from others
   * @throws ModelError if the file is no baseline of this model
   */
  constructor(loaded: LoadedModel, { file }: BaselineFlags, words: readonly string[]) {
    this.loaded = loaded;
    this.flags = ['check', ...words].join(' ');
    this.file = baselineFile(loaded, file);
    this.known = readBaseline(this.file, loaded.model.name);
  }

  /** What is not as it was recorded; nothing if the check was not searched to its end. */
  compare(result: CheckResult): BaselineEntry | null {
    const rows = rowsOf(result);
    if (rows.length === 0) return null;
    const recorded = this.known?.tables.find(({ flags }) => flags === this.flags);
    return {
      file: this.file.shownAs,
      isRecorded: recorded !== undefined,
      moved: recorded === undefined ? [] : movedSince(recorded, rows, this.loaded.model.parameters),
    };
  }

  /**
   * Records what was found; answers whether it could, which needs a search that came to its end.
   *
   * @throws UsageError if the file cannot be written
   */
  record(result: CheckResult): boolean {
    const { model } = this.loaded;
    const rows = rowsOf(result);
    if (rows.length === 0) return false;
    const table = recordOf(this.flags, rows, model.parameters);
    writeBaseline(this.file, withTable(this.known, model.name, table));
    return true;
  }

  /** The file as messages name it. */
  get shownAs(): string {
    return this.file.shownAs;
  }
}

/** The check as one row; none for a check that did not decide anything. */
function rowsOf({ scopes, verdict }: CheckResult): readonly RowEntry[] {
  if (verdict !== 'EXHAUSTED' && verdict !== 'VACUOUS' && verdict !== 'VIOLATED') return [];
  const row = { name: 'check', summary: '', given: {}, smallest: {}, fails: [] };
  const searches = scopes.map(({ part, scope }) => ({ part, scope }));
  return [rowEntryOf({ row, command: '', searches, leftOut: [], results: scopes })];
}
