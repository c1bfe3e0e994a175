import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand as run } from './run-command.ts';

const LANGUAGE = new URL('../checker/index.ts', import.meta.url).href;

/** Each scope declares claims of its own, of every kind; the first one that is searched fails. */
const VARIED = `
  import {
    assertionClaim, defineModel, during, integer, invariant, leaves, modelled, thread,
  } from '${LANGUAGE}';
  export default defineModel({
    name: 'varied', version: '1', summary: 'scopes with claims of their own',
    parameters: { n: integer({ help: 'n', default: 1, min: 1, max: 3 }) },
    build(shared, { n }) {
      const x = shared.integer('x', { min: 0, max: 3 });
      const write = function* () { yield* x.write(n); };
      const run = modelled('run', function* () { yield* during('s', undefined, write); });
      const low = function* () { return (yield* x.read()) < (n === 1 ? 1 : 9); };
      return {
        threads: [thread('t', 'writes', run)],
        claims: [
          assertionClaim({ id: 'a' + n, sentence: 's' }),
          invariant({ id: 'i' + n, sentence: 's' }, [''], low),
          leaves({ id: 'l' + n, sentence: 's', fairness: 'weak' }, 's'),
        ],
      };
    },
    scopes: () => [{ n: 1 }, { n: 2 }],
    livenessScopes: () => [{ n: 1 }, { n: 3 }],
  });`;

let folder: string;
let model: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headline-'));
  model = join(folder, 'varied.ts');
  writeFileSync(model, VARIED);
});
afterAll(() => rmSync(folder, { recursive: true }));

// The report would be an internal fault if it began with another headline than was printed.
test.concurrent.each([
  [[], 'VIOLATED', 7],
  [['--keep-going'], 'VIOLATED', 7],
  [['--no-liveness'], 'VIOLATED', 6],
  [['--only', 'i2'], 'VACUOUS', 5],
  [['--only', 'i1,l3'], 'VIOLATED', 6],
  [['--time', '1ms'], 'STOPPED', 7],
  [['--simulate', '--seed', '1'], 'VIOLATED', 6],
])('scopes with claims of their own, %j: %s', async (flags, verdict, claims) => {
  const { stdout, stderr } = await run(['check', '--model', model, ...flags]);
  expect(stderr).not.toContain('fault');
  const [first = ''] = stdout.split('\n');
  expect(first).toContain(`check varied, 2 scopes, ${claims} claims`);
  expect(stdout.trimEnd().split('\n').at(-1)).toContain(verdict);
});
