import { type Command, Option } from 'commander';
import { REPORTER_NAMES, REPORTERS, type ReporterName } from '../checker/report/reporters.ts';
import { UsageError } from './usage-error.ts';

/** A report that the user wants, and where: on stdout if no file is named. */
export interface ReportWish {
  readonly reporter: ReporterName;
  readonly file?: string;
}

/** The files that the user named, by reporter. */
export type ReportFiles = Readonly<Partial<Record<ReporterName, string>>>;

/**
 * Reads the list of `--reporter`.
 *
 * @throws UsageError if there is no such reporter
 */
export function parseReporters(text: string): readonly ReporterName[] {
  return text.split(',').map((name) => {
    const known = REPORTER_NAMES.find((other) => other === name);
    if (known === undefined) {
      throw new UsageError(`--reporter ${name}: expected some of ${REPORTER_NAMES.join(', ')}`);
    }
    return known;
  });
}

/** Gives each reporter its `--output-file.NAME`; what is given will be in the answer. */
export function addOutputFiles(command: Command): ReportFiles {
  const files: Partial<Record<ReporterName, string>> = {};
  for (const name of REPORTER_NAMES) {
    const option = new Option(`--output-file.${name} <path>`, REPORTERS[name].help)
      .argParser((path) => {
        files[name] = path;
      })
      .helpGroup('Reports, and files to write them to instead of stdout:');
    command.addOption(option);
  }
  return files;
}

/**
 * The reports that these flags ask for, each once. A report with a file is written whether it is
 * listed or not.
 *
 * @throws UsageError if several would be mixed on stdout, or in one file
 */
export function reportWishes(
  listed: readonly ReporterName[] | undefined,
  json: boolean,
  files: ReportFiles,
): readonly ReportWish[] {
  const wanted = new Set<string>([
    ...(listed ?? (json ? [] : ['text'])),
    ...(json ? ['json'] : []),
    ...Object.keys(files),
  ]);
  const wishes = REPORTER_NAMES.filter((name) => wanted.has(name)).map((reporter) => {
    const file = files[reporter];
    return file === undefined ? { reporter } : { reporter, file };
  });
  refuseMixtures(wishes);
  return wishes;
}

function refuseMixtures(wishes: readonly ReportWish[]): void {
  const onStdout = wishes.filter(({ file }) => file === undefined);
  const [first, second] = onStdout;
  if (first !== undefined && second !== undefined) {
    throw new UsageError(
      `--reporter: ${first.reporter} and ${second.reporter} would be mixed on stdout; ` +
        `expected --output-file.${second.reporter} with a path`,
    );
  }
  for (const { reporter, file } of wishes) {
    const other = wishes.find((wish) => wish.file === file && wish.reporter !== reporter);
    if (file === undefined || other === undefined) continue;
    throw new UsageError(
      `--output-file.${other.reporter} ${file}: ${reporter} is written there too; ` +
        'expected a file for each report',
    );
  }
}
