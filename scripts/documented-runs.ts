import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A command whose output a page shows. */
export interface DocumentedRun {
  readonly page: string;
  /** What stands behind `npm run -s`, e.g. `check -- --vcpus 2`. */
  readonly command: string;
  /** What the page shows; one line `...` may stand for the lines in the middle. */
  readonly output: string;
}

/** The pages that show output. */
export const PAGES = ['README.md', 'docs/language.md', 'docs/add-your-version.md'] as const;

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export function pathOf(page: string): string {
  return `${ROOT}/${page}`;
}

/** Every block of a page that starts with `$ npm run -s`. */
export function documentedRuns(page: string): DocumentedRun[] {
  const text = readFileSync(pathOf(page), 'utf8');
  return [...text.matchAll(/```text\n\$ npm run -s (.+)\n([\s\S]*?)```/g)].map(
    ([, command = '', output = '']) => ({ page, command, output }),
  );
}

/**
 * Runs the command and returns its stdout.
 *
 * @throws Error if that is empty: no page shows nothing
 */
export function runDocumented({ page, command }: DocumentedRun): string {
  const args = command.replace(' -- ', ' ').split(' ');
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', main, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(`${page}: ${command} prints nothing: ${stderr.trimEnd()}`);
  return stdout;
}

/** What a page shows, as a pattern for the whole output. */
export function outputPattern({ output }: DocumentedRun): RegExp {
  const parts = output
    .split(/^\.\.\.\n/m)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`);
}
