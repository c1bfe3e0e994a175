import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { type CheckOptions, runCheck } from '../check/check.ts';
import type { Verdict } from '../check/result.ts';
import schema from './check-result.schema.json' with { type: 'json' };
import { type CheckDocument, documentOf, stepsOf } from './document.ts';
import { EXIT_CODE, REPLAY_EXIT_CODE } from './exit-code.ts';
import lostUpdate from './fixtures/lost-update.ts';
import retry from './fixtures/retry.ts';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

function documentFor(variant: string, more: Partial<CheckOptions> = {}): CheckDocument {
  const scopes = [
    { threads: 1, variant },
    { threads: 2, variant },
  ];
  const options: CheckOptions = { engine: 'interpreter', limits: {}, keepGoing: false, ...more };
  const replay = (schedule: string) => `npm run replay -- '${schedule}'`;
  const result = runCheck(lostUpdate, scopes, options);
  return documentOf(result, { scopes, command: 'npm run check', replay });
}

function lassoDocument(more: Partial<CheckOptions> = {}): CheckDocument {
  const scopes = [{ variant: 'forgets' }];
  const options: CheckOptions = {
    engine: 'interpreter',
    limits: {},
    keepGoing: false,
    livenessScopes: scopes,
    ...more,
  };
  const result = runCheck(retry, scopes, options);
  const replay = (schedule: string) => `npm run replay -- '${schedule}'`;
  return documentOf(result, { scopes, livenessScopes: scopes, command: 'npm run check', replay });
}

describe('the schema', () => {
  test.each<[Verdict, CheckDocument]>([
    ['EXHAUSTED', documentFor('atomic')],
    ['VIOLATED', documentFor('racy')],
    ['VIOLATED', documentFor('racy', { keepGoing: true })],
    ['VIOLATED', lassoDocument()],
    ['STOPPED', documentFor('atomic', { limits: { statesMax: 1 } })],
  ])('accepts a document with verdict %s', (verdict, document) => {
    expect(document.verdict).toBe(verdict);
    validate(JSON.parse(JSON.stringify(document)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('refuses a document with a field more, a field less or another type', () => {
    const document = documentFor('racy');
    expect(validate({ ...document, more: 1 })).toBe(false);
    expect(validate({ ...document, verdict: undefined })).toBe(false);
    expect(validate({ ...document, states: '6' })).toBe(false);
    expect(validate({ ...document, counterexample: {} })).toBe(false);
  });
});

describe('documentOf', () => {
  test('has the common parameters of its scopes, and what each scope found', () => {
    const { scope, scopes, states, transitions } = documentFor('atomic');
    expect(scope).toEqual({ variant: 'atomic' });
    expect(scopes.map((one) => [one.scope.threads, one.states, one.transitions])).toEqual([
      [1, 3, 2],
      [2, 9, 12],
    ]);
    expect({ states, transitions }).toEqual({ states: 12, transitions: 14 });
  });

  test('puts the shortest counterexample first', () => {
    const { counterexample, furtherCounterexamples } = documentFor('racy', { keepGoing: true });
    expect(counterexample?.claim).toBe('kept');
    expect(counterexample && stepsOf(counterexample)).toHaveLength(6);
    expect(furtherCounterexamples).toEqual([]);
  });

  test('has prefix and loop of a violated claim over infinite runs', () => {
    const { counterexample, scopes } = lassoDocument();
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
    const { claims, scopesNotReached } = lassoDocument({ limits: { statesMax: 1 } });
    expect(scopesNotReached.map(({ part }) => part)).toEqual(['liveness']);
    expect(claims.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['assertions', 'UNDECIDED'],
      ['deadlock', 'UNDECIDED'],
      ['ends', 'UNDECIDED'],
    ]);
  });

  test('names the scopes that it did not come to', () => {
    expect(documentFor('atomic', { limits: { statesMax: 1 } }).scopesNotReached).toEqual([
      { part: 'safety', scope: { threads: 2, variant: 'atomic' } },
    ]);
  });
});

test('every ending has the exit code that the documentation promises', () => {
  expect(EXIT_CODE).toEqual({
    EXHAUSTED: 0,
    VIOLATED: 1,
    STOPPED: 3,
    VACUOUS: 4,
    INTERRUPTED: 130,
  });
  expect(REPLAY_EXIT_CODE).toEqual({ reproduced: 1, fixed: 0, diverged: 5 });
});
