import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { decodeSchedule, encodeSchedule, type Schedule } from '../check/schedule.ts';
import type { Move } from '../engine/engine.ts';
import { replay } from '../generators/replay.ts';
import { buildSystem, type Model } from '../language/model.ts';
import checkSchema from './check-result.schema.json' with { type: 'json' };
import { corpusDocumentOf } from './corpus-report.ts';
import { checkLostUpdate } from './fixtures/check-lost-update.ts';
import { checkRetry } from './fixtures/check-retry.ts';
import lostUpdate from './fixtures/lost-update.ts';
import retry from './fixtures/retry.ts';
import { type ReplayDocument, replayDocumentOf } from './replay-report.ts';
import schema from './replay-result.schema.json' with { type: 'json' };

const validate = new Ajv({ allErrors: true, allowUnionTypes: true })
  .addSchema(checkSchema, 'check-result.schema.json')
  .compile(schema);

function documentFor(model: Model, schedule: Schedule): ReplayDocument {
  const system = buildSystem(model, schedule.scope);
  const answer = replay(system, schedule.claim, schedule.moves, schedule.loop);
  return replayDocumentOf(model, schedule, answer, import.meta.dirname);
}

const counter = lostUpdate as unknown as Model;
const client = retry as unknown as Model;
const racy = decodeSchedule(checkLostUpdate('racy').counterexample!.schedule, counter);
const endless = decodeSchedule(checkRetry().counterexample!.schedule, client);

/** The counter under other moves. */
function moving(moves: readonly Move[]): Schedule {
  return decodeSchedule(encodeSchedule(counter, racy.scope, 'kept', moves), counter);
}

const step = { thread: 0, choices: [] };
const DOCUMENTS = {
  reproduced: documentFor(counter, racy),
  loop: documentFor(client, endless),
  fixed: documentFor(counter, moving([step])),
  diverged: documentFor(counter, moving([step, step, step, step])),
};

describe('the schema', () => {
  test.each(Object.entries(DOCUMENTS))('accepts what is %s', (name, document) => {
    expect(document.result).toBe(name === 'loop' ? 'reproduced' : name);
    validate(JSON.parse(JSON.stringify(document)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('accepts a corpus', () => {
    const replays = Object.values(DOCUMENTS).map((one, i) => ({ line: i + 1, ...one }));
    const document = corpusDocumentOf(counter, 'old.txt', replays);
    validate(JSON.parse(JSON.stringify(document)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('refuses a field more or less, and answers that contradict themselves', () => {
    const { reproduced, fixed, diverged } = DOCUMENTS;
    for (const document of [
      { ...reproduced, more: 1 },
      { ...reproduced, line: 1 },
      { ...reproduced, claim: undefined },
      { ...reproduced, exitCode: 0 },
      { ...fixed, because: 'it fails' },
      { ...diverged, diverged: null },
      corpusDocumentOf(counter, 'old.txt', [fixed as never]),
    ]) {
      expect(validate(JSON.parse(JSON.stringify(document)))).toBe(false);
    }
  });
});
