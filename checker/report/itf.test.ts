import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { stepsOf } from './document.ts';
import { checkLostUpdate } from './fixtures/check-lost-update.ts';
import { checkRetry } from './fixtures/check-retry.ts';
import { itfTrace } from './itf.ts';

/** The rules of https://apalache-mc.org/docs/adr/015adr-trace.html, for the values that we have. */
const RULES = {
  type: 'object',
  required: ['vars', 'states'],
  properties: {
    '#meta': { type: 'object', required: ['format'], properties: { format: { const: 'ITF' } } },
    params: { type: 'array', items: { type: 'string' } },
    vars: { type: 'array', items: { type: 'string', pattern: '^[^#]' }, uniqueItems: true },
    states: {
      type: 'array',
      items: {
        type: 'object',
        properties: { '#meta': { type: 'object', required: ['index'] } },
        additionalProperties: {
          anyOf: [
            { type: ['string', 'boolean'] },
            {
              type: 'object',
              required: ['#bigint'],
              additionalProperties: false,
              properties: { '#bigint': { type: 'string', pattern: '^-?[0-9]+$' } },
            },
          ],
        },
      },
    },
    loop: { type: 'integer', minimum: 0 },
  },
  additionalProperties: false,
};
const followsRules = new Ajv({ allowUnionTypes: true }).compile(RULES);

type Value = string | boolean | { '#bigint': string };
interface Trace {
  readonly '#meta': { readonly varTypes: Record<string, string> };
  readonly vars: readonly string[];
  readonly states: readonly ({ '#meta': { index: number } } & Record<string, Value>)[];
}

const TYPES: Record<string, string> = { object: 'Int', boolean: 'Bool', string: 'Str' };

const violated = checkLostUpdate('racy');
const trace = JSON.parse(itfTrace(violated)) as Trace;

describe('a trace', () => {
  test('follows the rules, with and without a violation', () => {
    for (const document of [violated, checkLostUpdate('atomic')]) {
      followsRules(JSON.parse(itfTrace(document)));
      expect(followsRules.errors ?? []).toEqual([]);
    }
    expect(followsRules({ ...trace, states: [{ counter: 1 }] })).toBe(false);
  });

  test('gives every variable a value of its type in every state', () => {
    expect(trace.vars).toEqual(['counter', 'finished']);
    for (const [i, { '#meta': meta, ...values }] of trace.states.entries()) {
      expect(meta.index).toBe(i);
      expect(Object.keys(values)).toEqual(trace.vars);
      for (const [name, value] of Object.entries(values)) {
        expect(TYPES[typeof value]).toBe(trace['#meta'].varTypes[name]);
      }
    }
  });

  test('says to which state a loop goes back', () => {
    const lasso = JSON.parse(itfTrace(checkRetry()));
    expect([lasso.loop, lasso.states.length]).toEqual([3, 5]);
  });

  test('ends in a state that violates the claim, and in no state before', () => {
    const numberOf = (value: Value | undefined) =>
      Number((value as { '#bigint': string })['#bigint']);
    const kept = trace.states.map((s) => numberOf(s.counter) >= numberOf(s.finished));
    expect(kept).toEqual([
      ...Array<boolean>(stepsOf(violated.counterexample!).length).fill(true),
      false,
    ]);
  });
});
