import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckOptions } from '../check/check.ts';
import type { ModelFile } from './import-model.ts';
import type { WorkerRequest } from './messages.ts';
import { runInWorker, type WorkerOptions } from './run-in-worker.ts';

const language = new URL('../index.ts', import.meta.url).href;
const counter: ModelFile = {
  url: new URL('../report/fixtures/lost-update.ts', import.meta.url).href,
  shownAs: 'lost-update.ts',
};

// A folder without a package.json, as a user's may be.
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'model-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A model of one thread with the body given, over ten variables of ten values. */
function modelWith(name: string, body: string): ModelFile {
  const path = join(folder, `${name}.ts`);
  writeFileSync(
    path,
    `import { choose, defineModel, loop, modelled, next, thread } from '${language}';
    const busy = modelled('busy', function* (digits: any): Generator<any, any, any> { ${body} });
    export default defineModel({
      name: '${name}', version: '1', summary: '', parameters: {},
      build: (shared) => {
        const digits = shared.array('digit', 10, (n) => shared.integer(n, { min: 0, max: 9 }));
        return { threads: [thread('T', 'busy', busy, digits)], claims: [] };
      },
    });`,
  );
  return { url: pathToFileURL(path).href, shownAs: `${name}.ts` };
}

const ENDLESS = `yield* loop(null, function* () {
  const i = yield* choose([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  yield* digits.at(i).update((value: number) => (value + 1) % 10);
  return next(null);
});`;

function checking(model: ModelFile, more: Partial<CheckOptions> = {}): WorkerRequest {
  const options: CheckOptions = { engine: 'interpreter', limits: {}, keepGoing: false, ...more };
  const scopes = model === counter ? [{ threads: 2, variant: 'racy' }] : [{}];
  return { kind: 'check', model, scopes, options };
}

function run(request: WorkerRequest, more: Partial<WorkerOptions> = {}) {
  return runInWorker(request, {
    onProgress: () => {},
    signal: new AbortController().signal,
    heapBytesMax: 2 ** 30,
    ...more,
  });
}

describe('runInWorker', () => {
  test('answers with what the check found', async () => {
    const answer = await run(checking(counter));
    expect(answer).toMatchObject({ kind: 'checked', result: { verdict: 'VIOLATED', states: 24 } });
  });

  test('checks a model in a folder that is no package of modules', async () => {
    const model = modelWith('plain', 'yield* digits.at(3).write(7);');
    const answer = await run(checking(model));
    expect(answer).toMatchObject({ kind: 'checked', result: { verdict: 'EXHAUSTED', states: 2 } });
  });

  test('answers with what became of a schedule', async () => {
    const a = { thread: 0, choices: [] };
    const scope = { threads: 2, variant: 'racy' };
    const answer = await run({
      kind: 'replay',
      model: counter,
      schedules: [{ scope, claim: 'kept', moves: [a] }],
    });
    expect(answer).toMatchObject({ kind: 'replayed', replays: [{ result: 'fixed' }] });
  });

  test('names a function that runs without an operation', async () => {
    const model = modelWith('spinning', 'for (;;) {}');
    const answer = await run(checking(model), { silenceMsMax: 500 });
    expect(answer).toEqual({
      kind: 'fault',
      fault: 'model',
      message:
        'function busy ran for 0.5 s without an operation; ' +
        'expected it to return, or to repeat itself with loop()',
    });
  });

  test('passes a breach of contract on as a fault of the model', async () => {
    const model = modelWith('recursive', 'yield* busy(digits);');
    expect(await run(checking(model))).toEqual({
      kind: 'fault',
      fault: 'model',
      message: 'busy calls itself; expected no recursion',
    });
  });

  test('ends an interrupted search with what it has found', async () => {
    const controller = new AbortController();
    const answer = await run(checking(modelWith('endless', ENDLESS)), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(answer).toMatchObject({ kind: 'checked', result: { verdict: 'INTERRUPTED' } });
  });

  test('answers for a worker that does not hear the interrupt', async () => {
    const controller = new AbortController();
    controller.abort();
    const model = modelWith('deaf', 'for (;;) {}');
    expect(await run(checking(model), { signal: controller.signal })).toEqual({
      kind: 'lost',
      reason: 'interrupt',
      last: undefined,
      finished: [],
    });
  });

  test('answers for a worker that runs out of memory', async () => {
    const request = checking(modelWith('hungry', ENDLESS), { engine: 'naive' });
    const answer = await run(request, { heapBytesMax: 64 * 2 ** 20 });
    expect(answer).toMatchObject({ kind: 'lost', reason: 'memory', last: { phase: 'search' } });
  });

  test.each([
    ['throw', /Error: sabotage/],
    ['die', /a search worker died|a search worker ended/],
  ] as const)('answers for a helper told to %s', async (sabotage, message) => {
    // Big enough for helpers to be called, and for two more levels.
    const request = checking(modelWith('endless', ENDLESS), { engine: 'compiled' });
    const answer = await run(request, { workers: 2, sabotage });
    expect(answer).toEqual({
      kind: 'fault',
      fault: 'internal',
      message: expect.stringMatching(message),
    });
  });

  test('ends a search with helpers that is interrupted', async () => {
    const controller = new AbortController();
    const answer = await run(checking(modelWith('endless', ENDLESS), { engine: 'compiled' }), {
      signal: controller.signal,
      workers: 2,
      onProgress: ({ states }) => {
        if (states > 200_000) controller.abort();
      },
    });
    expect(answer).toMatchObject({ kind: 'checked', result: { verdict: 'INTERRUPTED' } });
  });
});
