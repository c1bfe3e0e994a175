import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Model } from '../checker/language/model.ts';
import lostUpdate from '../checker/report/fixtures/lost-update.ts';
import baseline from '../properties/kvm-tdx-accept.baseline.json' with { type: 'json' };
import { parseCommandLine } from './command-line.ts';

const workflow = readFileSync(new URL('../docs/ci-workflow.yml', import.meta.url), 'utf8');

/** The words of each command of ours, of which one may go on over several lines. */
const commands = [...workflow.matchAll(/npx kvm-interleave ((?:.|\n {10}(?=-))+)/g)].map(
  ([, words = '']) => words.replaceAll('"$MODEL"', 'model.ts').trim().split(/\s+/),
);

test('the workflow to copy replays a corpus and then gates a check', () => {
  const around = { version: '', memoryBytesMax: 1, cores: 1 };
  const model = lostUpdate as unknown as Model;
  const [replay, check, ...others] = commands.map((args) =>
    parseCommandLine(args, { model, ...around }),
  );
  expect(others).toEqual([]);
  expect(replay).toMatchObject({ command: 'replay-corpus', corpus: 'models/old-bugs.txt' });
  expect(check).toMatchObject({
    command: 'check',
    flags: {
      baseline: { update: false },
      reports: [
        { reporter: 'text' },
        { reporter: 'html', file: 'model.html' },
        { reporter: 'junit', file: 'model.xml' },
        { reporter: 'sarif', file: 'model.sarif' },
      ],
    },
  });
});

test('what gates this repository is recorded', () => {
  const gate = readFileSync(new URL('../.ci/run', import.meta.url), 'utf8');
  const gated = [...gate.matchAll(/npm run -s (check) -- (.*) --ci$/gm)].map(
    ([, command, flags]) => `${command} ${flags}`,
  );
  expect(gated).toEqual(['check --vcpus 2', 'check --vcpus 3']);
  const recorded = baseline.tables.map(({ flags }) => flags);
  expect(recorded).toEqual(expect.arrayContaining(gated));
});
