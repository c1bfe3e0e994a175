import type { Model } from '../language/model.ts';
import { claimsReply } from './claims-reply.ts';
import type { CheckDocument } from './document.ts';
import { exhibitOf } from './exhibit.ts';
import { githubAnnotations, githubSummary } from './github.ts';
import { documentHeadline } from './headline.ts';
import { htmlPage } from './html-page.ts';
import { itfTrace } from './itf.ts';
import { junitReport } from './junit.ts';
import { listReports, PLAIN_STYLE } from './list-report.ts';
import type { Paint } from './paint.ts';
import { sarifReport } from './sarif.ts';
import { textReport } from './text-report.ts';
import { timeline } from './timeline.ts';

/** A format of the report of a check. */
export interface Reporter {
  /** What it writes and for whom, for `--help`. */
  readonly help: string;
  /**
   * Derives the whole report from the document; the model only serves to run its schedules again,
   * and says how people speak of it. It ends with a newline and is the same text for the same
   * document; only text for a terminal is painted.
   */
  readonly render: (document: CheckDocument, paint: Paint, model: Model, tabs: boolean) => string;
}

/** Every format by the name that `--reporter` knows it by. */
export const REPORTERS = {
  text: {
    help: 'the report for people',
    render: (document, paint) => `${documentHeadline(document)}\n\n${textReport(document, paint)}`,
  },
  ledger: {
    help: 'the same with the whole ledger: all that had to be seen, and how often it was',
    render: (document, paint) =>
      `${documentHeadline(document)}\n\n${textReport(document, paint, 'all')}`,
  },
  lkml: {
    help: 'plain text to paste into a mail to a kernel list',
    render: (document, _paint, { listStyle: style = PLAIN_STYLE }, tabs) =>
      listReports(document, { style, tabs }),
  },
  reply: {
    help: 'plain text to answer a thread with: what was said there, and what the check says',
    render: (document, _paint, { listStyle: style = PLAIN_STYLE, thread = [], shrinking }, tabs) =>
      claimsReply(document, thread, {
        ...{ style, tabs },
        ...(shrinking === undefined
          ? {}
          : { sizes: [shrinking.threads.parameter, ...shrinking.parameters] }),
      }),
  },
  json: {
    help: 'the document from which all others are derived',
    render: (document) => `${JSON.stringify(document, null, 2)}\n`,
  },
  html: {
    help: 'a page to step through counterexamples',
    render: (document, _paint, model) => htmlPage(exhibitOf(document, model)),
  },
  junit: {
    help: 'JUnit XML for CI servers: a case for each claim in each scope',
    render: junitReport,
  },
  sarif: {
    help: 'SARIF 2.1.0 for code scanning: a result for each violation',
    render: sarifReport,
  },
  itf: {
    help: 'the shortest counterexample as a trace of Apalache and Quint',
    render: itfTrace,
  },
  perfetto: {
    help: 'the shortest counterexample as a timeline for Perfetto, a Chrome trace',
    render: timeline,
  },
  github: {
    help: 'annotations of GitHub Actions',
    render: githubAnnotations,
  },
  'github-summary': {
    help: 'Markdown for the job summary of GitHub Actions',
    render: githubSummary,
  },
} as const satisfies Readonly<Record<string, Reporter>>;

export type ReporterName = keyof typeof REPORTERS;

/** In the order in which reports are written. */
export const REPORTER_NAMES = Object.keys(REPORTERS) as readonly ReporterName[];
