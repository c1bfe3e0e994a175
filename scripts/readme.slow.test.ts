import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The pages whose commands are run. */
const PAGES = ['README.md', 'docs/reports.md'];

/** Commands that this test is a part of, or that install what it needs. */
const NOT_HERE = /^npm (ci|test|run (test|test:slow|lint|format|bench|ui))\b/;

/**
 * The command lines in the fenced blocks of a Markdown text. A line may end in `# exit 3`, which
 * declares its exit code.
 */
function commandsIn(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```\w*\n([^`]*)^```$/gm)].map(([, body = '']) => body);
  return blocks
    .flatMap((block) => block.split('\n'))
    .flatMap((line) => line.split(' && '))
    .filter((line) => /^(npm|npx) /.test(line) && !NOT_HERE.test(line))
    .filter((line) => !line.includes("'SCHEDULE'"));
}

const commands = PAGES.flatMap((page) => commandsIn(readFileSync(`${ROOT}/${page}`, 'utf8')));

test('the pages have commands', () => {
  expect(commands).toContain('npm run check -- --vcpus 3');
  expect(commands.join('\n')).toContain('--output-file.perfetto');
});

test.each(commands)('%s', (line) => {
  const [command = '', exit] = line.split(/\s+# exit /);
  const { status, stderr } = spawnSync(command, { cwd: ROOT, encoding: 'utf8', shell: true });
  // Only who is told to may complain.
  if (exit !== '2') expect(stderr).not.toContain('kvm-interleave:');
  if (exit === undefined) expect([0, 1]).toContain(status);
  else expect(status).toBe(Number(exit));
});
