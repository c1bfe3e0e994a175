import type { Model } from '../checker/language/model.ts';
import type { CheckDocument } from '../checker/report/document.ts';
import { noPaint } from '../checker/report/paint.ts';
import { REPORTERS } from '../checker/report/reporters.ts';
import { InternalFault } from './fault.ts';
import { checkWritable, writeWhole } from './output-file.ts';
import { paintFor } from './paint.ts';
import type { ReportWish } from './reporter-flags.ts';

/** The reports of one check on their way: what people read begins before the search does. */
export class ReportOutput {
  private readonly wishes: readonly ReportWish[];
  private readonly stdout: NodeJS.WriteStream;
  private readonly color: boolean | undefined;
  private begun = '';

  /** @throws UsageError if a file cannot be written */
  constructor(
    wishes: readonly ReportWish[],
    stdout: NodeJS.WriteStream,
    color: boolean | undefined,
  ) {
    this.wishes = wishes;
    this.stdout = stdout;
    this.color = color;
    for (const { reporter, file } of wishes) {
      if (file !== undefined) checkWritable(flagOf(reporter), file);
    }
  }

  /** Says what is about to be checked, where the report for people goes to stdout. */
  begin(headline: string): void {
    if (!this.wishes.some(({ reporter, file }) => reporter === 'text' && file === undefined)) {
      return;
    }
    this.begun = `${headline}\n\n`;
    this.stdout.write(this.begun);
  }

  /** Writes all reports. @throws UsageError if a file cannot be written after all */
  end(document: CheckDocument, model: Model, tabs: boolean): void {
    for (const { reporter, file } of this.wishes) {
      const { render } = REPORTERS[reporter];
      if (file === undefined) {
        this.finish(render(document, paintFor(this.stdout, this.color), model, tabs));
      } else writeWhole(flagOf(reporter), file, render(document, noPaint, model, tabs));
    }
  }

  private finish(report: string): void {
    if (!report.startsWith(this.begun)) {
      throw new InternalFault('the report begins with another headline than was printed');
    }
    this.stdout.write(report.slice(this.begun.length));
  }
}

function flagOf(reporter: string): string {
  return `--output-file.${reporter}`;
}
