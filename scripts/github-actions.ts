import { appendFileSync } from 'node:fs';
import type { CheckDocument } from '../checker/report/document.ts';
import { githubAnnotations, githubSummary } from '../checker/report/github.ts';
import { UsageError } from './usage-error.ts';

/** What GitHub Actions tells a command by its environment. */
export interface GithubEnvironment {
  readonly GITHUB_ACTIONS?: string | undefined;
  readonly GITHUB_STEP_SUMMARY?: string | undefined;
}

/**
 * In a job of GitHub Actions: writes annotations to `stderr`, which GitHub reads too, so that
 * stdout is the report as ever; and adds to the summary of the job.
 *
 * @throws UsageError if the file that GitHub names for the summary cannot be written
 */
export function tellGithub(
  document: CheckDocument,
  { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY }: GithubEnvironment,
  stderr: Pick<NodeJS.WritableStream, 'write'>,
): void {
  if (GITHUB_ACTIONS !== 'true') return;
  stderr.write(githubAnnotations(document));
  if (GITHUB_STEP_SUMMARY === undefined || GITHUB_STEP_SUMMARY === '') return;
  try {
    appendFileSync(GITHUB_STEP_SUMMARY, githubSummary(document));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UsageError(
      `GITHUB_STEP_SUMMARY ${GITHUB_STEP_SUMMARY}: cannot be written (${reason}); ` +
        'expected a path that can',
    );
  }
}
