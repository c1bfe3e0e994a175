import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../check/result.ts';
import { forecast } from '../forecast/forecast.ts';
import { completeScope, type Model } from '../language/model.ts';
import schema from './check-result.schema.json' with { type: 'json' };
import { type CheckDocument, stepsOf } from './document.ts';
import { EXIT_CODE, REPLAY_EXIT_CODE } from './exit-code.ts';
import { checkLostUpdate } from './fixtures/check-lost-update.ts';
import { checkRetry } from './fixtures/check-retry.ts';
import lostUpdate from './fixtures/lost-update.ts';
import { forecastEntry } from './forecast-document.ts';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

const WALKS = { scheduler: 'pct', seed: '1', walks: 3, stepsMax: 9, changePoints: 1 } as const;

describe('the schema', () => {
  test.each<[Verdict, CheckDocument]>([
    ['EXHAUSTED', checkLostUpdate('atomic')],
    ['VIOLATED', checkLostUpdate('racy')],
    ['VIOLATED', checkLostUpdate('racy', { keepGoing: true })],
    ['VIOLATED', checkLostUpdate('racy', { shrink: true })],
    ['VIOLATED', checkRetry()],
    ['VIOLATED', checkRetry({ shrink: true })],
    ['STOPPED', checkLostUpdate('atomic', { limits: { statesMax: 1 } })],
    ['BOUNDED', checkLostUpdate('atomic', { simulation: WALKS })],
  ])('accepts a document with verdict %s', (verdict, document) => {
    expect(document.verdict).toBe(verdict);
    validate(JSON.parse(JSON.stringify(document)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('accepts a forecast, in a document and as one', () => {
    const { parameters } = lostUpdate;
    const scope = completeScope(parameters, { threads: 3 });
    const forecasts = [
      forecastEntry(forecast(lostUpdate as unknown as Model, scope, { states: 1_000 })),
    ];
    const document = { ...checkLostUpdate('atomic'), forecast: forecasts[0] };
    validate(JSON.parse(JSON.stringify(document)));
    expect(validate.errors ?? []).toEqual([]);
    const asDocument = new Ajv({ allErrors: true, allowUnionTypes: true })
      .addSchema(schema, 'check')
      .compile({ $ref: 'check#/definitions/forecastDocument' });
    asDocument({
      schema: { name: 'forecast', version: 1 },
      ...{ tool: 'x 1', model: { name: 'x', version: '1' }, command: 'x', forecasts },
    });
    expect(asDocument.errors ?? []).toEqual([]);
    expect(validate({ ...document, forecast: {} })).toBe(false);
  });

  test('refuses a document with a field more, a field less or another type', () => {
    const document = checkLostUpdate('racy');
    expect(validate({ ...document, more: 1 })).toBe(false);
    expect(validate({ ...document, verdict: undefined })).toBe(false);
    expect(validate({ ...document, states: '6' })).toBe(false);
    expect(validate({ ...document, counterexample: {} })).toBe(false);
  });
});

describe('documentOf', () => {
  test('has the common parameters of its scopes, and what each scope found', () => {
    const { scope, scopes, states, transitions } = checkLostUpdate('atomic');
    expect(scope).toEqual({ variant: 'atomic' });
    expect(scopes[1]?.claims.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'kept HOLDS',
      'grows HOLDS',
      'assertions HOLDS',
      'deadlock HOLDS',
    ]);
    expect(scopes.map((one) => [one.scope.threads, one.states, one.transitions])).toEqual([
      [1, 3, 2],
      [2, 9, 12],
    ]);
    expect({ states, transitions }).toEqual({ states: 12, transitions: 14 });
  });

  test('puts the shortest counterexample first', () => {
    const { counterexample, furtherCounterexamples } = checkLostUpdate('racy', { keepGoing: true });
    expect(counterexample?.claim).toBe('kept');
    expect(counterexample && stepsOf(counterexample)).toHaveLength(6);
    expect(counterexample?.initial).toContainEqual({
      variable: 'counter',
      value: '0',
      type: 'integer',
    });
    expect(furtherCounterexamples).toEqual([]);
  });

  test('says in which line of the model each operation of a step stands', () => {
    const source = readFileSync(new URL('./fixtures/lost-update.ts', import.meta.url), 'utf8');
    const lines = source.split('\n');
    const { counterexample } = checkLostUpdate('racy');
    const steps = counterexample === null ? [] : stepsOf(counterexample);
    const operations = steps.flatMap((step) => step.operations);
    expect(operations.length).toBeGreaterThan(5);
    for (const { site, label } of operations) {
      expect(site?.file).toBe('checker/report/fixtures/lost-update.ts');
      expect(lines[site!.line - 1]).toContain(`'${label}'`);
    }
  });

  test('has prefix and loop of a violated claim over infinite runs', () => {
    const { counterexample, scopes } = checkRetry();
    expect(scopes.map(({ part }) => part)).toEqual(['safety', 'liveness']);
    expect(counterexample).toMatchObject({
      claim: 'ends',
      because: 'CPU0 inside retry for ever',
      prefix: [{ label: 'R1' }, { label: 'R2' }, { label: 'S1' }],
      loop: [{ label: 'R1' }, { label: 'R2' }],
      loopFacts: {
        isShortest: true,
        threads: [
          { thread: 'CPU0', does: 'runs', steps: 2 },
          { thread: 'CPU1', does: 'finished', steps: 0 },
        ],
        changing: [],
        fairness: 'weak',
      },
    });
  });

  test('has the claims of scopes that it did not come to, undecided', () => {
    const { claims, scopesNotReached } = checkRetry({ limits: { statesMax: 1 } });
    expect(scopesNotReached.map(({ part }) => part)).toEqual(['liveness']);
    expect(claims.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['assertions', 'UNDECIDED'],
      ['deadlock', 'UNDECIDED'],
      ['ends', 'UNDECIDED'],
    ]);
  });

  test('names the scopes that it did not come to', () => {
    expect(checkLostUpdate('atomic', { limits: { statesMax: 1 } }).scopesNotReached).toEqual([
      { part: 'safety', scope: { threads: 2, variant: 'atomic' } },
    ]);
  });
});

test('every ending has the exit code that the documentation promises', () => {
  expect(EXIT_CODE).toEqual({
    EXHAUSTED: 0,
    VIOLATED: 1,
    BOUNDED: 3,
    STOPPED: 3,
    VACUOUS: 4,
    INTERRUPTED: 130,
  });
  expect(REPLAY_EXIT_CODE).toEqual({ reproduced: 1, fixed: 0, diverged: 5 });
});
